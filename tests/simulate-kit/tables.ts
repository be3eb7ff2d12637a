/** What the model of the server holds. Plain data, so that a backup is a copy of it, and another life of the database is that copy. */
import type { EventFragment } from '../../client/generated/graphql.ts'

export const USERS = ['ann', 'bob', 'eve'] as const
/** Of a user's own log, or of a conversation's. */
export interface Row {
  id: string
  stream: string
  seq: number
  position: number
  type: EventFragment['__typename']
  actorId: string | null
  messageId: string | null
  conversationId: string | null
  userId: string | null
  /** An emoji, or a seq that was read. */
  detail: string
}

export interface Said {
  id: string
  seq: number
  conversationId: string
  clientMessageId: string
  authorId: string
  text: string
  createdAt: string
  editedAt: string | null
  deletedAt: string | null
  revision: number
  reactions: { emoji: string; userIds: string[] }[]
}

export interface Membership {
  readSeq: number
  /** From joining to leaving, of seqs. The last one is open while he is a member. */
  windows: { from: number; to: number | null }[]
}

export interface Talk {
  id: string
  createdAt: string
  log: Row[]
  messages: Said[]
  members: Record<string, Membership>
}

export interface Tables {
  position: number
  talks: Record<string, Talk>
  own: Record<string, Row[]>
  /** Ids of messages that one has deleted for himself. */
  hidden: Record<string, string[]>
  /** What was answered under a client's id: a message, or nothing. */
  done: Record<string, string | null>
}

export const emptyTables = (): Tables => ({
  position: 0,
  talks: {},
  own: Object.fromEntries(USERS.map((user) => [user, []])),
  hidden: Object.fromEntries(USERS.map((user) => [user, []])),
  done: {},
})

export const windowOf = (talk: Talk | undefined, user: string) => {
  const last = talk?.members[user]?.windows.at(-1)
  return last && last.to === null ? last : null
}
export const isMember = (talk: Talk | undefined, user: string): boolean => windowOf(talk, user) !== null
export const membersOf = (talk: Talk): string[] => Object.keys(talk.members).filter((user) => isMember(talk, user))

/** All that this user sees of a conversation, oldest first. */
export const seenBy = ({ hidden }: Tables, talk: Talk, user: string): Said[] =>
  talk.messages.filter(({ id }) => !hidden[user]?.includes(id))

export function unreadOf(tables: Tables, talk: Talk, user: string): number {
  const readSeq = talk.members[user]?.readSeq ?? 0
  return seenBy(tables, talk, user).filter(
    ({ seq, authorId, deletedAt }) => seq > readSeq && authorId !== user && deletedAt === null,
  ).length
}

/** Of this user's feed. */
export function hears({ talks }: Tables, user: string, { stream, seq }: Row): boolean {
  if (stream === user) return true
  const windows = talks[stream]?.members[user]?.windows ?? []
  return windows.some(({ from, to }) => from <= seq && seq <= (to ?? Number.POSITIVE_INFINITY))
}

export const allRows = ({ talks, own }: Tables): Row[] =>
  [...Object.values(talks).map(({ log }) => log), ...Object.values(own)]
    .flat()
    .sort((one, other) => one.position - other.position)
