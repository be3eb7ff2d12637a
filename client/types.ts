/** What is shown: plain objects, replaced and never changed. */
import type { RequestError } from './errors.ts'
import type { Contact } from './safety.ts'

export type ConnectionStatus = 'connecting' | 'online' | 'degraded' | 'draining' | 'offline' | 'expired'

export interface ConnectionState {
  status: ConnectionStatus
  /** When it is tried again, in milliseconds since 1970; null while nothing is waited for. */
  retryAt: number | null
  /** Why the last connection ended, or could not be made. */
  error: RequestError | null
}

export interface StorageState {
  /** Whether what is written now outlives the page. */
  isDurable: boolean
  error: Error | null
}

export interface User {
  id: string
  externalId: string
  name: string
  avatarUrl: string | null
}

export interface Unread {
  messages: number
  mentions: number
}

export interface UnreadTotals extends Unread {
  conversations: number
}

export type ConversationKind = 'BROADCAST' | 'CHANNEL' | 'DIRECT' | 'GROUP'
export type MemberRole = 'GUEST' | 'MANAGER' | 'MEMBER' | 'MODERATOR' | 'OWNER'

/** You in a conversation. */
export interface OwnMembership {
  role: MemberRole
  joinedSeq: number
  /** All up to this seq is read. */
  readSeq: number
  mutedUntil: string | null
  /** null: not pinned. */
  pinOrder: number | null
  hidden: boolean
}

export interface Conversation {
  id: string
  kind: ConversationKind
  title: string | null
  topic: string | null
  avatarUrl: string | null
  metadata: Record<string, unknown> | null
  archivedAt: string | null
  memberCount: number
  createdAt: string
  /** As the server names them: POST, REACT, … New ones may be added. */
  capabilities: readonly string[]
  /** null: nobody had to be asked. */
  contact: Contact | null
  /** A stranger began it, and you have not accepted: it is not among your conversations. */
  isRequest: boolean
  /** null: you are no member. */
  membership: OwnMembership | null
  unread: Unread
  /** The newest one that you see. */
  lastMessage: Message | null
  /** Of a DIRECT one. */
  peer: User | null
}

export interface ConversationList {
  conversations: readonly Conversation[]
  hasMore: boolean
  isLoading: boolean
}

export interface Member {
  user: User
  role: MemberRole
  /** null where it is not shown. */
  readSeq: number | null
  deliveredSeq: number | null
}

export interface MemberList {
  members: readonly Member[]
  hasMore: boolean
  isLoading: boolean
}

export interface Mention {
  kind: 'ALL' | 'HERE' | 'USER'
  /** UTF-16 units of the text. */
  start: number
  length: number
  userId: string | null
}

export interface Reaction {
  emoji: string
  count: number
  /** Whether you are among them. */
  isOwn: boolean
}

export interface Quote {
  id: string
  author: User | null
  text: string
  deletedAt: string | null
  /** You have blocked or muted its author. */
  isCollapsed: boolean
}

export interface Message {
  /** Stays the same when it is committed. */
  key: string
  /** null until it is committed. */
  id: string | null
  seq: number | null
  conversationId: string
  clientMessageId: string
  /** null: the system. */
  author: User | null
  isOwn: boolean
  /** Show only that something was said: you have blocked or muted its author. */
  isCollapsed: boolean
  /** Markdown; empty once it is deleted. */
  text: string
  mentions: readonly Mention[]
  replyTo: Quote | null
  reactions: readonly Reaction[]
  metadata: Record<string, unknown> | null
  silent: boolean
  urgency: string
  /** ISO 8601; by this client's clock until it is committed. */
  createdAt: string
  editedAt: string | null
  deletedAt: string | null
  pinnedAt: string | null
  revision: number
  threadId: string | null
  inThread: boolean
  alsoInConversation: boolean
  replyCount: number
  /** `pending` and `failed` also of a committed one while an edit of it is. */
  state: 'pending' | 'failed' | 'sent'
  error: EntryError | null
  /** Of the outbox, unless it is sent. */
  entryId: string | null
}

/** What is not held between two seqs, both of which are. */
export interface Hole {
  afterSeq: number
  beforeSeq: number
}

export interface MessageList {
  /** Oldest first, without a hole. */
  messages: readonly Message[]
  hasOlder: boolean
  /** Whether what is shown ends before the newest: after `showAround`. */
  hasNewer: boolean
  isLoading: boolean
  /** Why the last page did not come. */
  error: RequestError | null
  /** Of all that is held of the conversation; `fill` closes one. */
  holes: readonly Hole[]
}

export type PresenceState = 'ACTIVE' | 'IDLE' | 'OFFLINE'

export interface UserPresence {
  state: PresenceState
  lastSeenAt: string | null
}

export interface ConversationPresence {
  online: number
  /** Whether `users` are all who are here, some of them, or none. */
  coverage: 'COUNT' | 'FULL' | 'SAMPLE'
  users: ReadonlyMap<string, UserPresence>
}

export interface EntryError {
  code: string
  explanation: string
}

export interface NewMessage {
  text: string
  replyToId?: string
  threadId?: string
  alsoInConversation?: boolean
  mentions?: readonly { kind: 'ALL' | 'HERE' | 'USER'; start: number; length: number; userId?: string | null }[]
  metadata?: Record<string, unknown>
  silent?: boolean
  urgency?: 'HIGH' | 'LOW' | 'NORMAL' | 'URGENT'
}

export type EditedMessage = Pick<NewMessage, 'text' | 'mentions' | 'metadata'>

/** What one entry asks for. `messageId` of a committed message. */
export type Action =
  | { kind: 'send'; message: NewMessage }
  | { kind: 'edit'; messageId: string; message: EditedMessage }
  | { kind: 'delete'; messageId: string; for: 'EVERYBODY' | 'ME' }
  | { kind: 'react'; messageId: string; emoji: string }
  | { kind: 'unreact'; messageId: string; emoji: string }
  | { kind: 'read'; messageId: string; seq: number }

export interface OutboxEntry {
  /** Of the entry; stays when it is retried. */
  id: string
  /** Under which the server knows it: clientMessageId or clientMutationId. */
  clientId: string
  conversationId: string
  action: Action
  state: 'pending' | 'sending' | 'failed'
  error: EntryError | null
  /** By this client's clock. */
  createdAt: string
  /** How often it was on its way. */
  attempts: number
}
