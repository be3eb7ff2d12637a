/** What is held of one conversation. */
import type { OwnConversationFragment, SharedConversationFragment } from '../generated/graphql.ts'
import type { Contact } from '../safety.ts'
import type { Member, MemberRole, Message, OwnMembership, Unread, User } from '../types.ts'
import type { Span } from './spans.ts'

export interface Held {
  message: Message
  /** The seq of the event that has changed it last; 0 where none has. */
  touchedAt: number
}

export interface ConversationRecord {
  readonly id: string
  /** null until it was read. */
  shared: SharedConversationFragment | null
  capabilities: readonly string[]
  contact: Contact | null
  membership: OwnMembership | null
  /** Of the other members, as many as tell who a DIRECT one is with. */
  peers: readonly User[]
  /** As of `countedTo`, and raised with each message after it. */
  unread: Unread
  countedTo: number
  lastMessage: Message | null
  /** The seq of the newest one that was heard. */
  lastSaidAt: number

  /** The newest seq that was heard, and its event; all before it were, too. null: none yet. */
  position: number | null
  eventId: string | null
  /** More may have happened since than was heard: it is looked at once it is opened. */
  isUnsure: boolean
  /** How often its history was forgotten. */
  generation: number
  /** Committed ones by id. */
  messages: Map<string, Held>
  /** The seq of the newest event that has changed one that is not held: a page that was asked for before may be older. */
  unheldChangedAt: number
  /** What was answered is held, and may not have been heard. */
  hasAnswers: boolean
  /** Deleted for oneself: a page that was asked for before does not bring them back. */
  hidden: Set<string>
  spans: Span[]

  members: Map<string, Member>
  membersCursor: string | null
  hasMoreMembers: boolean
  /** The seq of the newest event that has changed them. */
  membersChangedAt: number
}

export function newRecord(id: string): ConversationRecord {
  return {
    id,
    shared: null,
    capabilities: [],
    contact: null,
    membership: null,
    peers: [],
    unread: { messages: 0, mentions: 0 },
    countedTo: 0,
    lastMessage: null,
    lastSaidAt: 0,
    position: null,
    eventId: null,
    isUnsure: false,
    generation: 0,
    messages: new Map(),
    unheldChangedAt: 0,
    hasAnswers: false,
    hidden: new Set(),
    spans: [],
    members: new Map(),
    membersCursor: null,
    hasMoreMembers: true,
    membersChangedAt: 0,
  }
}

/** For oneself. */
export function hide(record: ConversationRecord, messageId: string): void {
  record.hidden.add(messageId)
  record.messages.delete(messageId)
  if (record.lastMessage?.id === messageId) record.lastMessage = null
}

/** What was heard is worth nothing any more: it is read again. */
export function forgetHistory(record: ConversationRecord): void {
  Object.assign(record, { position: null, eventId: null, isUnsure: false, spans: [], lastMessage: null, lastSaidAt: 0 })
  Object.assign(record, { membersCursor: null, membersChangedAt: 0, unheldChangedAt: 0, hasAnswers: false })
  record.hasMoreMembers = true
  record.generation++
  record.messages.clear()
  record.hidden.clear() // pages that were asked for before do not count any more
  record.members.clear()
}

export function contactOf({ contact }: OwnConversationFragment, viewerId: string | null): Contact | null {
  return contact && { state: contact.state, isOwn: contact.requestedBy.id === viewerId }
}

export function membershipOf({ viewerMembership }: OwnConversationFragment): OwnMembership | null {
  if (!viewerMembership) return null
  const { role, joinedSeq, own } = viewerMembership
  return {
    role: role as MemberRole,
    joinedSeq,
    readSeq: own?.readSeq ?? 0,
    mutedUntil: own?.mutedUntil ?? null,
    pinOrder: own?.pinOrder ?? null,
    hidden: own?.hidden ?? false,
  }
}
