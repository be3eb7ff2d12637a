/** What an event changes. Applied twice it changes nothing the second time. */
import type { EventFragment, SharedMessageFragment } from '../generated/graphql.ts'
import type { Member, Message } from '../types.ts'
import { applyOwn } from './apply-own.ts'
import { fromEvent, standsInConversation } from './message.ts'
import { type ConversationRecord, forgetHistory } from './record.ts'
import type { Refresher } from './refresher.ts'
import { join } from './spans.ts'
import type { Store } from './store.ts'
import { countMessage } from './unread.ts'

export type ConversationLogEvent = Extract<EventFragment, { conversation: { id: string }; seq: number; actor: unknown }>

/** `STALE`: what is held of this conversation cannot be continued by this event; it is to be forgotten, and read again. */
export type Applied = 'APPLIED' | 'KNOWN' | 'STALE'

/** Of a type that this version does not know nothing but its place is taken. */
export function apply(store: Store, event: EventFragment, refresher: Refresher): Applied {
  if (applyOwn(store, event, refresher)) return 'APPLIED'
  if (!isOfConversation(event)) return 'APPLIED'
  const record = store.record(event.conversation.id)
  const { seq } = event
  if (record.position !== null && seq <= record.position) return 'KNOWN'
  if (record.position !== null && seq > record.position + 1) return 'STALE'
  if (record.position !== null) record.isUnsure = false // it continues what is held
  record.position = seq
  record.eventId = event.id
  if (!record.spans.some(({ to }) => to === Number.POSITIVE_INFINITY))
    record.spans = join(record.spans, { from: seq, to: Number.POSITIVE_INFINITY, startCursor: null, endCursor: null })
  if (!record.shared) refresher.ask(record.id)
  applyToRecord(store, record, event, refresher)
  store.changed(record.id)
  return showsOtherPast(store, event) ? 'STALE' : 'APPLIED'
}

function isOfConversation(event: EventFragment): event is ConversationLogEvent {
  return 'seq' in event && 'conversation' in event && Boolean(event.conversation?.id)
}

/** He may see more of it now, or less. His joining may be heard after his own log has told of it, and his leaving before that in between. */
function showsOtherPast({ viewer }: Store, event: ConversationLogEvent): boolean {
  if (event.__typename === 'MemberJoined') return event.user.id === viewer?.id
  return event.__typename === 'ConversationUpdated' && event.changed.includes('history')
}

function applyToRecord(
  store: Store,
  record: ConversationRecord,
  event: ConversationLogEvent,
  refresher: Refresher,
): void {
  const isOwn = event.actor?.id !== undefined && event.actor.id === store.viewer?.id
  // What is new is counted on; what has changed, and what he has done himself, an older answer would undo.
  if (isOwn || event.__typename !== 'MessageSent') refresher.touched(record.id)
  switch (event.__typename) {
    case 'MessageSent':
      if (event.message) sent(store, record, event.message)
      break
    case 'ReactionAdded':
    case 'ReactionRemoved': {
      const reacted = isOwn ? { emoji: event.emoji, isOwn: event.__typename === 'ReactionAdded' } : undefined
      if (event.message) put(store, record, event.message, reacted)
      break
    }
    case 'MessageDeleted':
      if (event.message) put(store, record, event.message)
      // Whether it was unread, only the server knows for sure.
      if (record.unread.messages > 0) refresher.ask(record.id)
      break
    case 'MessageEdited':
    case 'MessagePinned':
    case 'MessageUnpinned':
      if (event.message) put(store, record, event.message)
      break
    case 'MemberJoined':
    case 'MemberRoleChanged':
      membersChanged(record, refresher)
      memberIs(record, { user: event.user, role: event.role, readSeq: null, deliveredSeq: null })
      if (event.__typename === 'MemberJoined') countMembers(record, event.conversation.memberCount)
      if (event.user.id === store.viewer?.id) refresher.ask(record.id)
      break
    case 'MemberLeft':
      membersChanged(record, refresher)
      record.members.delete(event.user.id)
      countMembers(record, event.conversation.memberCount)
      if (event.user.id === store.viewer?.id) left(record)
      break
    case 'ConversationUpdated':
    case 'ConversationArchived':
    case 'ConversationUnarchived':
      record.shared = event.conversation
      refresher.ask(record.id) // what one may do in it, and what one sees of its past, may be another
      break
    case 'ContactAccepted':
      refresher.ask(record.id)
      break
  }
}

function sent(store: Store, record: ConversationRecord, shared: SharedMessageFragment): void {
  if (record.hidden.has(shared.id)) return
  const message = put(store, record, shared, undefined, 'held')
  const root = shared.threadRoot && record.messages.get(shared.threadRoot.id)
  if (root) root.message = { ...root.message, replyCount: shared.threadRoot?.thread?.replyCount ?? 0 }
  if (!standsInConversation(message)) return
  record.lastSaidAt = message.seq ?? 0
  if (record.lastSaidAt >= (record.lastMessage?.seq ?? 0)) record.lastMessage = message
  if (record.membership?.hidden) record.membership = { ...record.membership, hidden: false }
  countMessage(record, message, store)
}

/** Only what is held is changed; a message that was just said is held from then on. */
function put(
  store: Store,
  record: ConversationRecord,
  shared: SharedMessageFragment,
  reacted?: { emoji: string; isOwn: boolean },
  how: 'held' | 'ifHeld' = 'ifHeld',
): Message {
  const held = record.messages.get(shared.id)
  const isLast = record.lastMessage?.id === shared.id
  const before = held?.message ?? (isLast ? record.lastMessage : null)
  const viewerId = store.viewer?.id ?? null
  const message = fromEvent(shared, { conversationId: record.id, viewerId, before, reacted })
  if (held || how === 'held') record.messages.set(shared.id, { message, touchedAt: record.position ?? 0 })
  else record.unheldChangedAt = record.position ?? 0
  if (isLast) record.lastMessage = message
  return message
}

function membersChanged(record: ConversationRecord, refresher: Refresher): void {
  record.membersChangedAt = record.position ?? 0
  refresher.touched(record.id)
}

function memberIs({ members }: ConversationRecord, member: Member): void {
  const known = members.get(member.user.id)
  if (known || members.size > 0) members.set(member.user.id, { ...member, ...(known && receiptsOf(known)) })
}

const receiptsOf = ({ readSeq, deliveredSeq }: Member) => ({ readSeq, deliveredSeq })

function countMembers(record: ConversationRecord, memberCount: number): void {
  if (record.shared) record.shared = { ...record.shared, memberCount }
}

function left(record: ConversationRecord): void {
  Object.assign(record, { membership: null, capabilities: [] })
  forgetHistory(record)
}
