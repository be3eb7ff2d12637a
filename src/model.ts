/** The nouns as plain types. Ids are bare UUIDs in here; lib/ids.ts turns them into TypeIDs at the edge of the API. */

export type Uuid = string

export type TenantRole = 'USER' | 'MODERATOR' | 'ADMIN'
export type ConversationKind = 'DIRECT' | 'GROUP' | 'CHANNEL' | 'BROADCAST'
export type MemberRole = 'OWNER' | 'MANAGER' | 'MODERATOR' | 'MEMBER' | 'GUEST'
export type Capability =
  | 'READ'
  | 'POST'
  | 'UPDATE'
  | 'ARCHIVE'
  | 'ADD_MEMBERS'
  | 'REMOVE_MEMBERS'
  | 'SET_ROLES'
  | 'TRANSFER_OWNERSHIP'
  | 'INVITE'
  | 'LEAVE'
  | 'JOIN'
  | 'REACT'
  | 'PIN_MESSAGES'
  | 'DELETE_MESSAGES'
  | 'MENTION_ALL'
  | 'ANSWER_CONTACT'
export type MessageCapability = 'REPLY' | 'REACT' | 'EDIT' | 'DELETE' | 'PIN'
export type Urgency = 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT'
/** Whether somebody is here. Who is invisible is OFFLINE to all. */
export type PresenceState = 'ACTIVE' | 'IDLE' | 'OFFLINE'
export type Audience = 'EVERYBODY' | 'SHARED_CONVERSATION' | 'NOBODY'
export type Scope = 'users:write' | 'tokens:create' | 'conversations:write' | 'messages:write'

export interface Tenant {
  id: Uuid
  slug: string
  name: string
  /** Limits of this tenant that differ from the defaults in limits.ts. */
  limits: Readonly<Record<string, number>>
  /** What it has switched, of features.ts. */
  features: Readonly<Record<string, boolean>>
  /** Its users may ask documents of the manifest alone. */
  trustedDocumentsOnly: boolean
  isSuspended: boolean
}

export interface User {
  tenantId: Uuid
  id: Uuid
  /** The customer's own id of this user: the token's `sub`. */
  externalId: string
  name: string
  avatarUrl: string | null
  role: TenantRole
  /** Whether others see how far he has read. */
  receipts: boolean
  /** Whether others see when he was here last. */
  showsLastSeen: boolean
  /** He is seen nowhere until he takes it back. */
  isInvisible: boolean
  /** Who sees whether he is here. */
  presenceTo: Audience
  /** Who may begin a direct conversation with him, or put him into another one. */
  messagesFrom: Audience
  bio: string | null
  /** As they were set: after `statusExpiresAt` there is none, whatever is stored. */
  statusText: string | null
  statusEmoji: string | null
  statusExpiresAt: Date | null
  /** The one conversation that a guest has; null of everybody else. */
  guestOf: Uuid | null
  /** He is nobody any longer: only what he left names him. */
  erasedAt: Date | null
  createdAt: Date
}

export interface UserName {
  tenantId: Uuid
  userId: Uuid
}

/** A user as his token shows him. */
export interface UserCaller {
  kind: 'USER'
  tenantId: Uuid
  userId: Uuid
  externalId: string
  role: TenantRole
  /** From when on he is no stranger: what is new is held to stricter limits. */
  knownSince: Date
  expiresAt: Date
  /** What the token was verified with. */
  keyId: Uuid
  /** The token itself is kept nowhere. */
  tokenHash: string
  /** 0 of a token that does not say it. */
  issuedAt: Date
  /** The one conversation that a guest has; null of everybody else. */
  guestOf: Uuid | null
}

/** A customer's own back end, by its server key. */
export interface ServerCaller {
  kind: 'SERVER'
  tenantId: Uuid
  keyId: Uuid
  scopes: readonly Scope[]
}

export type Caller = UserCaller | ServerCaller

export interface Conversation {
  tenantId: Uuid
  id: Uuid
  kind: ConversationKind
  title: string | null
  topic: string | null
  avatarUrl: string | null
  metadata: Readonly<Record<string, unknown>> | null
  /** Whether everybody of the tenant may find and join it: CHANNEL only. */
  visibility: 'PRIVATE' | 'PUBLIC'
  /** What a member sees of the time before his joining. */
  history: 'ALL' | 'FROM_JOIN'
  archivedAt: Date | null
  /** Between two messages of a member; 0: as fast as the limits allow. */
  slowModeSeconds: number
  memberCount: number
  createdBy: Uuid | null
  createdAt: Date
  /** Of a DIRECT one that began between strangers. */
  contact: Contact | null
}

/** REQUESTED, DECLINED: it waits, and only whom it is for knows which. ACCEPTED: for good. */
export type ContactState = 'REQUESTED' | 'DECLINED' | 'ACCEPTED'

export interface Contact {
  state: ContactState
  /** Who asked, and whom. */
  by: Uuid
  to: Uuid
}

/** A window of a conversation's log in which a user is a member: from the seq of his `joined` to the seq of his `left`. */
export interface Membership {
  tenantId: Uuid
  conversationId: Uuid
  userId: Uuid
  role: MemberRole
  joinedSeq: number
  joinedAt: Date
  /** null while the window is open. */
  leftSeq: number | null
  /** What he set for himself. */
  pinOrder: number | null
  mutedUntil: Date | null
  hiddenSeq: number | null
  /** How far he has come. */
  readSeq: number
  deliveredSeq: number
  /** Until when he may only read, as of the facts on which access.ts decides; null: he may speak. */
  timedOutUntil: Date | null
}

/** BAN: he may not be in the conversation. TIMEOUT: he may read. */
export type RestrictionKind = 'BAN' | 'TIMEOUT'

export interface Restriction {
  tenantId: Uuid
  conversationId: Uuid
  userId: Uuid
  kind: RestrictionKind
  reason: string | null
  /** A user, or a server key. */
  actorId: Uuid
  at: Date
  /** null: until it is lifted. */
  until: Date | null
}

/** A range of a message's text that names somebody: what it says there is how he was called then. */
export interface Mention {
  kind: 'USER' | 'HERE' | 'ALL'
  /** null unless it is a USER. */
  userId: Uuid | null
  /** In UTF-16 units. */
  start: number
  length: number
}

export interface Message {
  tenantId: Uuid
  id: Uuid
  conversationId: Uuid
  /** Its place in the conversation's log; gapless over all events, not over messages. */
  seq: number
  /** null: said by the system. */
  authorId: Uuid | null
  clientMessageId: string
  /** Empty of a deleted one. */
  text: string
  replyToId: Uuid | null
  metadata: Readonly<Record<string, unknown>> | null
  createdAt: Date
  /** The root of the thread in which it was said. */
  threadId: Uuid | null
  /** Whether a reply in a thread stands in the conversation, too. */
  alsoInConversation: boolean
  silent: boolean
  urgency: Urgency
  mentions: readonly Mention[]
  /** How often it was edited. */
  revision: number
  editedAt: Date | null
  deletedAt: Date | null
  deletedBy: Uuid | null
  pinnedAt: Date | null
  pinnedBy: Uuid | null
  /** These four spare a look at other tables: whether it has a thread, how many distinct reactions, for how many it is deleted alone, how many files. */
  hasThread: boolean
  reactionKinds: number
  hiddenCount: number
  attachmentCount: number
  /** When it is to go by itself. */
  expiresAt: Date | null
  /** For whom it was read, where not everybody sees the same of what it names; see messages/seen.ts. */
  seen?: Seen
}

/** As whom something of a conversation is seen. */
export interface Seen {
  userId: Uuid
  /** The first seq that he sees. */
  from: number
  /** Whom he has blocked or muted. */
  ignored?: ReadonlySet<Uuid>
  /** Of a time that is over: what came after it is not for him. */
  left?: Left | undefined
}

export interface Left {
  at: Date
  /** He is no member now, so that the conversation, too, is not his to see as it has become. */
  isGone: boolean
}
