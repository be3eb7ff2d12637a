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
/** On the user's own stream: `conversationSeq` is the seq of his `joined` in the conversation. */
export type ConversationJoined = Logged & { kind: 'CONVERSATION_JOINED'; conversationId: Uuid; conversationSeq: number }
export type ConversationLeft = Logged & {
  kind: 'CONVERSATION_LEFT'
  conversationId: Uuid
  conversationSeq: number
  reason: LeaveReason
}

export type LeaveReason = 'LEFT' | 'REMOVED'
export type ChatEvent = MessageSent | MemberJoined | MemberLeft | ConversationJoined | ConversationLeft

/** What an event's reader has for certain: it and all before it in its stream. */
export interface Place {
  seq: number
  position: bigint
}

export const placeOf = ({ seq, position }: Place): Place => ({ seq, position })

export const streamTopic = (tenantId: Uuid, streamId: Uuid): string => `stream:${tenantId}:${streamId}`
export const topicOf = (event: ChatEvent): string => streamTopic(event.tenantId, event.streamId)

/** The `detail` column of a membership event; each kind uses its part. */
export interface MembershipDetail {
  role: MemberRole
  reason: LeaveReason
  seq: number
}

/** An event of membership from its row in the log. */
export function membershipEvent(
  logged: Logged,
  kind: ChatEvent['kind'],
  subjectId: Uuid,
  detail: MembershipDetail,
): ChatEvent {
  switch (kind) {
    case 'MEMBER_JOINED':
      return { ...logged, kind, userId: subjectId, role: detail.role }
    case 'MEMBER_LEFT':
      return { ...logged, kind, userId: subjectId, reason: detail.reason }
    case 'CONVERSATION_JOINED':
      return { ...logged, kind, conversationId: subjectId, conversationSeq: detail.seq }
    case 'CONVERSATION_LEFT':
      return { ...logged, kind, conversationId: subjectId, conversationSeq: detail.seq, reason: detail.reason }
    case 'MESSAGE_SENT':
      throw new Error('a message’s event is made from the message’s own row')
  }
}
