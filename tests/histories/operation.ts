/** Random histories as plain data: whatever an operation leaves open is a number, so that one can be played again, and with parts taken out. */
import type { Random } from '../../demo/lib/random.ts'

/** How often each comes, of all together. */
const WEIGHTS = {
  send: 26,
  sendInThread: 16,
  sendAsSystem: 2,
  sendAsMember: 1,
  edit: 8,
  deleteForEverybody: 4,
  deleteForMe: 4,
  react: 6,
  unreact: 3,
  pin: 2,
  unpin: 1,
  markRead: 8,
  markUnread: 5,
  markDelivered: 1,
  follow: 3,
  mute: 2,
  pinConversation: 1,
  hide: 3,
  addMember: 3,
  removeMember: 2,
  leave: 2,
  join: 3,
  createInvite: 1,
  acceptInvite: 2,
  revokeInvite: 1,
  setRole: 3,
  transferOwnership: 1,
  rename: 3,
  changeHistory: 2,
  changeVisibility: 1,
  archive: 1,
  unarchive: 4,
  openDirect: 1,
  acceptContact: 1,
  declineContact: 1,
  begin: 1,
  changeMembers: 4,
  /** Not of the API: a client's cable is pulled, or it comes back; once in a while it begins anew. */
  cutOrListen: 2,
  beginAnew: 1,
} as const

export type Kind = keyof typeof WEIGHTS

export interface Operation {
  kind: Kind
  /** Each is taken modulo as many as there are. */
  user: number
  conversation: number
  /** Counted from the newest. */
  message: number
  other: number
  /** What else is to choose. */
  choice: number
}

export const USERS = 6

const lots = Object.entries(WEIGHTS).flatMap(([kind, weight]) => new Array<Kind>(weight).fill(kind as Kind))

export function makeHistory(random: Random, count: number): Operation[] {
  const oftenSmall = (most: number) => Math.floor(random.fraction() ** 3 * most)
  return Array.from({ length: count }, () => ({
    kind: random.pick(lots as [Kind, ...Kind[]]),
    user: random.between(0, USERS - 1),
    conversation: random.between(0, 99),
    message: oftenSmall(60),
    other: random.between(0, USERS - 1),
    choice: random.between(0, 2 ** 20),
  }))
}

export const shown = ({ kind, user, conversation, message, other, choice }: Operation): string =>
  `${kind}(user ${user}, conversation ${conversation}, message ${message}, other ${other}, choice ${choice})`
