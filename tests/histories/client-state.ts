/** What a client knows from the events of its feed alone, as a normalised cache would keep it: each event's fields over what was there. */
import type { ConversationFields, Heard, MessageFields, OwnFields, ThreadFields, Totals } from './documents.ts'

export interface KnownConversation {
  /** null until an event has brought it. */
  fields: ConversationFields | null
  /** Of one's own present joining; null for who began to listen later. */
  joinedSeq: number | null
  /** All that is said from this seq on must have been heard. */
  from: number
  /** Of those of whom something was heard; null: no longer a member. */
  roles: Map<string, string | null>
  /** What was heard at each seq. */
  heard: Map<number, string>
}

/** Where a field is undefined, what was heard does not tell. */
export type KnownMessage = Omit<MessageFields, 'thread' | 'replyTo' | 'threadRoot'> & {
  conversationId: string
  replyTo: { id: string; seq: number } | null | undefined
  threadRoot: { id: string; seq: number } | null | undefined
}

export interface ClientState {
  conversations: Map<string, KnownConversation>
  messages: Map<string, KnownMessage>
  /** By the root. */
  threads: Map<string, ThreadFields>
  /** Deleted for himself. */
  hidden: Set<string>
  /** As his own log tells: true for those of which he is a member. */
  ownLog: Map<string, boolean>
  own: Map<string, OwnFields>
  totals: Totals | null
}

export const newState = (): ClientState => ({
  conversations: new Map(),
  messages: new Map(),
  threads: new Map(),
  hidden: new Set(),
  ownLog: new Map(),
  own: new Map(),
  totals: null,
})

export const newConversation = (joinedSeq: number | null, from: number): KnownConversation => ({
  fields: null,
  joinedSeq,
  from,
  roles: new Map(),
  heard: new Map(),
})

/** `me`: whose client it is. */
export function apply(state: ClientState, me: string, event: Heard): void {
  if (event.viewerUnread) state.totals = event.viewerUnread
  if (isOfOwnLog(event)) applyOwn(state, event)
  if (!event.conversation) return
  const { viewerMembership, viewerUnread = null, ...fields } = event.conversation
  if (viewerMembership !== undefined) state.own.set(fields.id, { viewerMembership, viewerUnread })
  if (!isOfOwnLog(event)) applyToConversation(state, me, { ...event, conversation: fields })
}

const OWN_LOG = [
  'ConversationJoined',
  'ConversationLeft',
  'MembershipUpdated',
  'ContactDeclined',
  'ReadMarked',
  'MessageHidden',
  'ThreadFollowed',
]
export const isOfOwnLog = ({ __typename }: Heard): boolean => OWN_LOG.includes(__typename)

function applyOwn(state: ClientState, event: Heard): void {
  if (event.__typename === 'ConversationJoined') state.ownLog.set(event.conversation?.id ?? '', true)
  if (event.__typename === 'ConversationLeft') state.ownLog.set(event.conversationId ?? '', false)
  if (event.__typename === 'MessageHidden' && event.messageId) state.hidden.add(event.messageId)
}

type OfConversation = Heard & { conversation: ConversationFields }

function applyToConversation(state: ClientState, me: string, event: OfConversation): void {
  const { __typename, conversation, seq = 0, user, role = null } = event
  const isOwn = user?.id === me
  if (__typename === 'MemberLeft' && isOwn) {
    forget(state, conversation.id)
    return
  }
  if (__typename === 'MemberJoined' && isOwn) state.conversations.set(conversation.id, newConversation(seq, seq))
  const known = state.conversations.get(conversation.id) ?? newConversation(null, seq)
  state.conversations.set(conversation.id, known)
  known.fields = conversation
  known.heard.set(seq, __typename)
  if (user) known.roles.set(user.id, __typename === 'MemberLeft' ? null : role)
  if (event.message) keep(state, conversation.id, event.message)
  if (event.changed?.includes('history')) historyChanged(state, known)
}

function keep(state: ClientState, conversationId: string, message: MessageFields): void {
  const { thread, threadRoot, ...fields } = message
  if (thread) state.threads.set(message.id, thread)
  if (threadRoot?.thread) state.threads.set(threadRoot.id, threadRoot.thread)
  const root = threadRoot && { id: threadRoot.id, seq: threadRoot.seq }
  state.messages.set(message.id, { ...fields, conversationId, threadRoot: root })
}

/** From now on nothing from before his joining is his; or all is, and he may have been told of nothing where there was something. */
function historyChanged(state: ClientState, { fields, joinedSeq }: KnownConversation): void {
  if (!fields) return
  const begin = fields.history === 'FROM_JOIN' ? (joinedSeq ?? 0) : 0
  for (const message of ofConversation(state, fields.id)) {
    if (message.seq < begin) state.messages.delete(message.id)
    message.replyTo = named(message.replyTo, begin)
    message.threadRoot = named(message.threadRoot, begin)
  }
}

function named<T extends { seq: number }>(other: T | null | undefined, begin: number): T | null | undefined {
  if (begin > 0) return other && other.seq < begin ? null : other
  return other === null ? undefined : other
}

function forget(state: ClientState, conversationId: string): void {
  for (const { id } of ofConversation(state, conversationId)) {
    state.messages.delete(id)
    state.threads.delete(id)
  }
  state.conversations.delete(conversationId)
  state.own.delete(conversationId)
}

export const ofConversation = ({ messages }: ClientState, id: string): KnownMessage[] =>
  [...messages.values()].filter(({ conversationId }) => conversationId === id)
