/** Everything that may travel on the bus. A change of shape gets the next version: old and new nodes run side by side. */
import type { MemberRole, Message, Uuid } from './model.ts'

export const EVENT_VERSION = 1

export interface Logged {
  version: typeof EVENT_VERSION
  tenantId: Uuid
  /** A conversation's id, or a user's for his own stream. */
  streamId: Uuid
  /** Gapless and in commit order within the stream. */
  seq: number
  /** In commit order over all streams of one database; see docs/adr/0003-positions-and-epochs.md. */
  position: bigint
  /** The name of the database's life in which this event was stored, or read. */
  epoch: bigint
  at: Date
  actorId: Uuid | null
}

export type MessageSent = Logged & { kind: 'MESSAGE_SENT'; message: Message }
export type MemberJoined = Logged & { kind: 'MEMBER_JOINED'; userId: Uuid; role: MemberRole }
export type MemberLeft = Logged & { kind: 'MEMBER_LEFT'; userId: Uuid; reason: LeaveReason }
export type MemberRoleChanged = Logged & {
  kind: 'MEMBER_ROLE_CHANGED'
  userId: Uuid
  role: MemberRole
  previousRole: MemberRole
}
export type ConversationUpdated = Logged & { kind: 'CONVERSATION_UPDATED'; changed: readonly string[] }
export type ConversationArchived = Logged & { kind: 'CONVERSATION_ARCHIVED' }
export type ConversationUnarchived = Logged & { kind: 'CONVERSATION_UNARCHIVED' }
/** On the user's own stream: `conversationSeq` is the seq of his `joined` in the conversation. */
export type ConversationJoined = Logged & { kind: 'CONVERSATION_JOINED'; conversationId: Uuid; conversationSeq: number }
export type ConversationLeft = Logged & {
  kind: 'CONVERSATION_LEFT'
  conversationId: Uuid
  conversationSeq: number
  reason: LeaveReason
}
/** On the user's own stream: he has muted, pinned or hidden the conversation, or taken it back. */
export type MembershipUpdated = Logged & { kind: 'MEMBERSHIP_UPDATED'; conversationId: Uuid }

export type LeaveReason = 'LEFT' | 'REMOVED'
export type ChatEvent =
  | MessageSent
  | MemberJoined
  | MemberLeft
  | MemberRoleChanged
  | ConversationUpdated
  | ConversationArchived
  | ConversationUnarchived
  | ConversationJoined
  | ConversationLeft
  | MembershipUpdated

/** An event as whoever causes it knows it: its place in the log comes from append. */
export type Happening =
  Exclude<ChatEvent, MessageSent> extends infer Event
    ? Event extends Logged
      ? Omit<Event, keyof Logged>
      : never
    : never

/** What an event's reader has for certain: it and all before it in its stream. */
export interface Place {
  seq: number
  position: bigint
}

export const placeOf = ({ seq, position }: Place): Place => ({ seq, position })

export const streamTopic = (tenantId: Uuid, streamId: Uuid): string => `stream:${tenantId}:${streamId}`
export const topicOf = (event: ChatEvent): string => streamTopic(event.tenantId, event.streamId)

/** How an event rests in its row of the log: whom or what it is about, and small detail. Never a text. */
export interface StoredForm {
  subjectId: Uuid | null
  detail: Readonly<Record<string, unknown>> | null
}

export function stored(event: Happening): StoredForm {
  switch (event.kind) {
    case 'MEMBER_JOINED':
      return { subjectId: event.userId, detail: { role: event.role } }
    case 'MEMBER_LEFT':
      return { subjectId: event.userId, detail: { reason: event.reason } }
    case 'MEMBER_ROLE_CHANGED':
      return { subjectId: event.userId, detail: { role: event.role, previousRole: event.previousRole } }
    case 'CONVERSATION_UPDATED':
      return { subjectId: null, detail: { changed: event.changed } }
    case 'CONVERSATION_ARCHIVED':
    case 'CONVERSATION_UNARCHIVED':
      return { subjectId: null, detail: null }
    case 'CONVERSATION_JOINED':
      return { subjectId: event.conversationId, detail: { seq: event.conversationSeq } }
    case 'CONVERSATION_LEFT':
      return { subjectId: event.conversationId, detail: { seq: event.conversationSeq, reason: event.reason } }
    case 'MEMBERSHIP_UPDATED':
      return { subjectId: event.conversationId, detail: null }
  }
}

/** The other way; a message's event is made from the message's own row. */
export function happening(kind: Happening['kind'], { subjectId, detail }: StoredForm): Happening {
  const [subject, more] = [
    subjectId ?? '',
    (detail ?? {}) as {
      role: MemberRole
      previousRole: MemberRole
      reason: LeaveReason
      seq: number
      changed: string[]
    },
  ]
  switch (kind) {
    case 'MEMBER_JOINED':
      return { kind, userId: subject, role: more.role }
    case 'MEMBER_LEFT':
      return { kind, userId: subject, reason: more.reason }
    case 'MEMBER_ROLE_CHANGED':
      return { kind, userId: subject, role: more.role, previousRole: more.previousRole }
    case 'CONVERSATION_UPDATED':
      return { kind, changed: more.changed }
    case 'CONVERSATION_ARCHIVED':
    case 'CONVERSATION_UNARCHIVED':
      return { kind }
    case 'CONVERSATION_JOINED':
      return { kind, conversationId: subject, conversationSeq: more.seq }
    case 'CONVERSATION_LEFT':
      return { kind, conversationId: subject, conversationSeq: more.seq, reason: more.reason }
    case 'MEMBERSHIP_UPDATED':
      return { kind, conversationId: subject }
  }
}
