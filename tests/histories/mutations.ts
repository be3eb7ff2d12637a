/** What each kind of operation asks of the API, and by whom: most often by somebody who may. */
import type { Asked, Choice, Payload } from './asked.ts'
import type { Kind } from './operation.ts'
import { say, sayInThread } from './saying.ts'
import type { Person, Said, World } from './world.ts'

const EMOJI = ['👍', '🎉', '❤️', '👀']
const ROLES = ['MANAGER', 'MODERATOR', 'MEMBER', 'GUEST']
const FAR = { past: '2020-01-01T00:00:00Z', future: '2100-01-01T00:00:00Z' }
/** Of four, once. */
const seldom = (choice: number): boolean => choice % 4 === 0
const anyOf = <T>(list: readonly T[], choice: number): T => list[choice % list.length] as T

const ofMessage = (by: Person, mutation: string, message: Said | undefined, more: object = {}): Asked | null =>
  message ? { by, mutation, input: { messageId: message.id, ...more } } : null
const byAuthor = ({ user, message, choice }: Choice): Person => (seldom(choice) ? user : (message?.author ?? user))
const ofConversation = ({ user, conversationId }: Choice, mutation: string, more: object = {}): Asked => ({
  by: user,
  mutation,
  input: { conversationId, ...more },
})
const noteConversation =
  ({ conversations }: World) =>
  ({ conversation }: Payload): void => {
    if (conversation && !conversations.includes(conversation.id)) conversations.push(conversation.id)
  }

export const mutations: Record<Exclude<Kind, 'cutOrListen' | 'beginAnew'>, (choice: Choice) => Asked | null> = {
  send: say,
  sendInThread: sayInThread,
  sendAsSystem: (choice) => ({ ...say(choice), by: 'back end' }),
  sendAsMember(choice) {
    const { input, ...asked } = say(choice)
    return { ...asked, by: 'back end', input: { ...input, asUserId: choice.user.id } }
  },
  edit(choice) {
    const { text, mentions } = say({ ...choice, choice: choice.choice >> 3 }).input
    return ofMessage(byAuthor(choice), 'editMessage', choice.message, { text, mentions })
  },
  deleteForEverybody: (choice) => ofMessage(byAuthor(choice), 'deleteMessage', choice.message, { for: 'EVERYBODY' }),
  deleteForMe: ({ user, message }) => ofMessage(user, 'deleteMessage', message, { for: 'ME' }),
  react: ({ user, message, choice }) => ofMessage(user, 'addReaction', message, { emoji: anyOf(EMOJI, choice) }),
  unreact: ({ user, message, choice }) => ofMessage(user, 'removeReaction', message, { emoji: anyOf(EMOJI, choice) }),
  pin: ({ user, message }) => ofMessage(user, 'pinMessage', message),
  unpin: ({ user, message }) => ofMessage(user, 'unpinMessage', message),
  markRead: ({ user, message }) => (message ? { by: user, mutation: 'markRead', input: { upTo: message.id } } : null),
  markUnread: ({ user, message }) =>
    message ? { by: user, mutation: 'markUnread', input: { from: message.id } } : null,
  markDelivered: ({ user, message }) =>
    message ? { by: user, mutation: 'markDelivered', input: { upTo: message.id } } : null,
  follow({ user, root, choice }) {
    const input = { threadId: root?.id, following: choice % 2 === 0 }
    return root ? { by: user, mutation: 'followThread', input } : null
  },
  mute: (choice) =>
    ofConversation(choice, 'muteConversation', { until: anyOf([FAR.past, FAR.future, null], choice.choice) }),
  pinConversation: (choice) =>
    ofConversation(choice, 'pinConversation', { order: anyOf([1, 2.5, null], choice.choice) }),
  hide: (choice) => ofConversation(choice, 'hideConversation', { hidden: !seldom(choice.choice) }),
  addMember: (choice) => ofConversation(choice, 'addMembers', { userIds: [choice.other.id] }),
  removeMember: (choice) => ofConversation(choice, 'removeMember', { userId: choice.other.id }),
  leave: (choice) => ofConversation(choice, 'leaveConversation'),
  join: (choice) => ofConversation(choice, 'joinConversation'),
  createInvite: (choice) => ({
    ...ofConversation(choice, 'createInvite', { maxUses: 3 }),
    fields: 'inviteCode invite { id }',
    note({ inviteCode: code, invite }) {
      if (code && invite) choice.world.invites.push({ code, id: invite.id })
    },
  }),
  acceptInvite({ world, user, choice }) {
    const input = { inviteCode: world.invites.length ? anyOf(world.invites, choice).code : 'inv_none' }
    return { by: user, mutation: 'acceptInvite', input }
  },
  revokeInvite: ({ world, user, choice }) =>
    world.invites.length
      ? { by: user, mutation: 'revokeInvite', input: { inviteId: anyOf(world.invites, choice).id } }
      : null,
  setRole: (choice) =>
    ofConversation(choice, 'setMemberRole', { userId: choice.other.id, role: anyOf(ROLES, choice.choice) }),
  transferOwnership: (choice) => ofConversation(choice, 'transferOwnership', { userId: choice.other.id }),
  rename: (choice) =>
    ofConversation(choice, 'updateConversation', {
      [seldom(choice.choice) ? 'title' : 'topic']: `called ${choice.choice}`,
    }),
  changeHistory: (choice) =>
    ofConversation(choice, 'updateConversation', { history: anyOf(['ALL', 'FROM_JOIN'], choice.choice) }),
  changeVisibility: (choice) =>
    ofConversation(choice, 'updateConversation', { visibility: anyOf(['PUBLIC', 'PRIVATE'], choice.choice) }),
  archive: (choice) => ofConversation(choice, 'archiveConversation'),
  unarchive: (choice) => ofConversation(choice, 'unarchiveConversation'),
  openDirect: ({ world, user, other }) => ({
    by: user,
    mutation: 'openDirectConversation',
    input: { userId: other.id },
    fields: 'conversation { id }',
    note: noteConversation(world),
  }),
  acceptContact: (choice) => ofConversation(choice, 'acceptContact'),
  declineContact: (choice) => ofConversation(choice, 'declineContact'),
  begin({ world, user, other, choice }) {
    if (world.conversations.length >= MOST_CONVERSATIONS) return null
    const kind = anyOf(['GROUP', 'CHANNEL', 'BROADCAST'], choice)
    const history = anyOf(['ALL', 'FROM_JOIN'], choice >> 2)
    const input = { kind, history, title: `begun ${choice}`, memberIds: [other.id] }
    const fields = 'conversation { id }'
    return { by: user, mutation: 'createConversation', input, fields, note: noteConversation(world) }
  },
  /** The back end may always: so that roles which all others have lost come back. */
  changeMembers({ user, other, conversationId, choice }) {
    const add = [{ userId: user.id, role: anyOf(['OWNER', 'MEMBER', 'MANAGER'], choice) }]
    const remove = seldom(choice) && other !== user ? [other.id] : []
    return { by: 'back end', mutation: 'changeMembers', input: { conversationId, add, remove } }
  },
}

/** More would only be emptier. */
const MOST_CONVERSATIONS = 10
