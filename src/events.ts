/** Everything that may travel on the bus. A change of shape gets the next version: old and new nodes run side by side. */
import type { MemberRole, Message, PresenceState, RestrictionKind, Uuid } from './model.ts'

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
/** What happens to a message afterwards. `message` is as it is now; null to a reader who does not see it. */
type OfMessage<Kind extends string, More = unknown> = Logged & { kind: Kind; message: Message | null } & More
export type MessageEdited = OfMessage<'MESSAGE_EDITED'>
export type MessageDeleted = OfMessage<'MESSAGE_DELETED'>
export type MessagePinned = OfMessage<'MESSAGE_PINNED'>
export type MessageUnpinned = OfMessage<'MESSAGE_UNPINNED'>
export type ReactionAdded = OfMessage<'REACTION_ADDED', { emoji: string }>
export type ReactionRemoved = OfMessage<'REACTION_REMOVED', { emoji: string }>
export type MemberJoined = Logged & { kind: 'MEMBER_JOINED'; userId: Uuid; role: MemberRole }
export type MemberLeft = Logged & { kind: 'MEMBER_LEFT'; userId: Uuid; reason: LeaveReason }
export type MemberRoleChanged = Logged & {
  kind: 'MEMBER_ROLE_CHANGED'
  userId: Uuid
  role: MemberRole
  previousRole: MemberRole
}
/** He reads and does not speak until then; null: he may again. */
export type MemberTimedOut = Logged & { kind: 'MEMBER_TIMED_OUT'; userId: Uuid; until: Date | null }
/** `title` and `previousTitle` where the title is among what was changed. */
export type ConversationUpdated = Logged & {
  kind: 'CONVERSATION_UPDATED'
  changed: readonly string[]
  title: string | null
  previousTitle: string | null
}
export type ConversationArchived = Logged & { kind: 'CONVERSATION_ARCHIVED' }
export type ConversationUnarchived = Logged & { kind: 'CONVERSATION_UNARCHIVED' }
/** Whoever was asked by a stranger has agreed: from here on it is a direct conversation as any other. */
export type ContactAccepted = Logged & { kind: 'CONTACT_ACCEPTED' }
/** On the user's own stream: he does not want to see the request. Who asked does not learn it. */
export type ContactDeclined = Logged & { kind: 'CONTACT_DECLINED'; conversationId: Uuid }
/** On the user's own stream: `conversationSeq` is the seq of his `joined` in the conversation. */
export type ConversationJoined = Logged & { kind: 'CONVERSATION_JOINED'; conversationId: Uuid; conversationSeq: number }
export type ConversationLeft = Logged & {
  kind: 'CONVERSATION_LEFT'
  conversationId: Uuid
  conversationSeq: number
  reason: LeaveReason
  /** Of who removed or banned him. */
  explanation: string | null
}
/** On the user's own stream: he may not be in the conversation, or not speak in it, until then; or may again. */
export type Restricted = Logged & {
  kind: 'RESTRICTED'
  conversationId: Uuid
  restriction: RestrictionKind
  until: Date | null
  explanation: string | null
  isLifted: boolean
}
/** On the user's own stream: he has muted, pinned or hidden the conversation, or taken it back. */
export type MembershipUpdated = Logged & { kind: 'MEMBERSHIP_UPDATED'; conversationId: Uuid }

/** On the user's own stream: he has read up to there, or marked it unread from there. `threadId`: in that thread only. */
export type ReadMarked = Logged & { kind: 'READ_MARKED'; conversationId: Uuid; threadId: Uuid | null; readSeq: number }
/** On the user's own stream: he has deleted the message for himself alone. */
export type MessageHidden = Logged & { kind: 'MESSAGE_HIDDEN'; conversationId: Uuid; messageId: Uuid }
/** On the user's own stream: what he has said to be sent later waits, has been sent, could not be, or was taken back. */
export type ScheduledMessageChanged = Logged & {
  kind: 'SCHEDULED_MESSAGE_CHANGED'
  scheduledId: Uuid
  conversationId: Uuid
  state: ScheduledOutcome
  /** Once it is sent. */
  messageId: Uuid | null
  /** Why it could not be sent. */
  code: string | null
  explanation: string | null
}
export type ScheduledOutcome = 'WAITING' | 'SENT' | 'FAILED' | 'CANCELLED'
/** On the user's own stream: he follows the thread now, or no longer. */
export type ThreadFollowed = Logged & {
  kind: 'THREAD_FOLLOWED'
  conversationId: Uuid
  threadId: Uuid
  isFollowing: boolean
}

/** On the user's own stream: what he says of himself, or whom he shows what, is another now. */
export type AccountUpdated = Logged & { kind: 'ACCOUNT_UPDATED'; changed: readonly AccountPart[] }
export type AccountPart = 'PROFILE' | 'STATUS' | 'PRIVACY'
/** On the user's own stream: he has signed out there; null: everywhere. */
export type SignedOut = Logged & { kind: 'SIGNED_OUT'; connectionId: Uuid | null }
/** On the user's own stream: he has blocked or muted another, or taken it back. Also on `aversionTopic`. */
export type UserBlocked = Logged & { kind: 'USER_BLOCKED'; userId: Uuid; isBlocked: boolean }
export type UserMuted = Logged & { kind: 'USER_MUTED'; userId: Uuid; isMuted: boolean }

export type LeaveReason = 'LEFT' | 'REMOVED' | 'BANNED'
export type ChatEvent =
  | MessageSent
  | MessageEdited
  | MessageDeleted
  | MessagePinned
  | MessageUnpinned
  | ReactionAdded
  | ReactionRemoved
  | MemberJoined
  | MemberLeft
  | MemberRoleChanged
  | MemberTimedOut
  | ConversationUpdated
  | ConversationArchived
  | ConversationUnarchived
  | ContactAccepted
  | ContactDeclined
  | ConversationJoined
  | ConversationLeft
  | MembershipUpdated
  | ReadMarked
  | MessageHidden
  | ThreadFollowed
  | ScheduledMessageChanged
  | Restricted
  | AccountUpdated
  | SignedOut
  | UserBlocked
  | UserMuted

/** What has no worth a moment later: not of the log, without a seq, lost the moment something is in its way. Told of one user. */
interface Passed {
  version: typeof EVENT_VERSION
  tenantId: Uuid
  streamId: Uuid
  at: Date
  userId: Uuid
}

/** How far a member of a conversation has read, and been reached. */
export type ReceiptsAdvanced = Passed & { kind: 'RECEIPTS_ADVANCED'; readSeq: number; deliveredSeq: number }
/** A member is typing in the conversation, or has stopped. On `typingTopic`. */
export type Typing = Passed & { kind: 'TYPING'; isTyping: boolean }
/** A user is here now, or has gone. On `presenceTopic`. */
export type PresenceChanged = Passed & { kind: 'PRESENCE_CHANGED'; state: PresenceState; previous: PresenceState }
/** What a user shows of himself is another now. On `presenceTopic`. */
export type UserChanged = Passed & { kind: 'USER_CHANGED' }
export type Ephemeral = ReceiptsAdvanced | Typing | PresenceChanged | UserChanged

export type BusEvent = ChatEvent | Ephemeral

const EPHEMERA: Record<Ephemeral['kind'], true> = {
  RECEIPTS_ADVANCED: true,
  TYPING: true,
  PRESENCE_CHANGED: true,
  USER_CHANGED: true,
}

export const isEphemeral = (event: BusEvent): event is Ephemeral => event.kind in EPHEMERA

/** An event as whoever causes it knows it: its place in the log comes from append. */
export type Happening =
  Exclude<ChatEvent, MessageSent> extends infer Event
    ? Event extends Logged
      ? Omit<Event, keyof Logged>
      : never
    : never

/** After it, members may see another part of what was before them. */
export const showsOtherPast = (event: ChatEvent): boolean =>
  event.kind === 'CONVERSATION_UPDATED' && event.changed.includes('history')

/** What an event's reader has for certain: it and all before it in its stream. */
export interface Place {
  seq: number
  position: bigint
}

export const placeOf = ({ seq, position }: Place): Place => ({ seq, position })

export const streamTopic = (tenantId: Uuid, streamId: Uuid): string => `stream:${tenantId}:${streamId}`
export const topicOf = (event: BusEvent): string => streamTopic(event.tenantId, event.streamId)
export const typingTopic = (tenantId: Uuid, conversationId: Uuid): string => `typing:${tenantId}:${conversationId}`
/** Of all users of a tenant: a node that shows the presence of any of them listens to all. */
export const presenceTopic = (tenantId: Uuid): string => `presence:${tenantId}`
/** Of all users of a tenant: who has blocked or muted whom. */
export const aversionTopic = (tenantId: Uuid): string => `aversions:${tenantId}`
export const topicsOf = (event: BusEvent): string[] =>
  event.kind === 'USER_BLOCKED' || event.kind === 'USER_MUTED'
    ? [topicOf(event), aversionTopic(event.tenantId)]
    : [topicOf(event)]
