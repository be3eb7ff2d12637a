/** What a front end holds in its hands: the chat, and one open conversation of it. */
import type { Connection, ConnectionOptions } from './asking.ts'
import type { Locks, TabChannel } from './environment.ts'
import type { Readable } from './readable.ts'
import type { Avoided, NewReport, ReportReason } from './safety.ts'
import type { ClientStorage } from './storage/storage.ts'
import type {
  ConnectionState,
  Conversation,
  ConversationList,
  ConversationPresence,
  EditedMessage,
  Hole,
  MemberList,
  MessageList,
  NewMessage,
  OutboxEntry,
  StorageState,
  UnreadTotals,
  User,
  UserPresence,
} from './types.ts'

export interface ChatOptions extends ConnectionOptions {
  /** One for each user. In memory unless given. */
  storage?: ClientStorage
  /** Among the tabs that share the storage; the browser's own unless given, or a lease in the storage. */
  locks?: Locks
  /** Between those tabs; a BroadcastChannel unless given, where there is one. null: none. */
  channel?: TabChannel | null
  /** How many messages are held of a conversation that is not open: the newest. 100 unless given. */
  messagesKept?: number
}

export interface Chat {
  readonly connection: Readable<ConnectionState>
  readonly storage: Readable<StorageState>
  readonly viewer: Readable<User | null>
  readonly conversations: Readable<ConversationList>
  /** What strangers have begun and you have not answered, newest first. None of it counts in `unread`. */
  readonly requests: Readable<ConversationList>
  readonly unread: Readable<UnreadTotals>
  readonly avoided: Readable<Avoided>
  readonly outbox: Readable<readonly OutboxEntry[]>

  /** The same Readable for the same id. */
  conversation(id: string): Readable<Conversation | null>
  /** A page more of the list. */
  loadConversations(): Promise<void>
  /** A page more of the requests. */
  loadRequests(): Promise<void>
  open(conversationId: string): OpenConversation
  /** Of these users, while somebody listens: at most `limits { presenceIds }`. */
  presence(userIds: readonly string[]): Readable<ReadonlyMap<string, UserPresence>>

  edit(messageId: string, message: EditedMessage): OutboxEntry
  delete(messageId: string, scope: 'EVERYBODY' | 'ME'): OutboxEntry
  react(messageId: string, emoji: string): OutboxEntry
  unreact(messageId: string, emoji: string): OutboxEntry
  /** An entry that failed, again. */
  retry(entryId: string): void
  /** Forgets an entry that is not on its way. */
  discard(entryId: string): void

  /** It is a conversation as any other from now on. Rejects with a RequestError for what is refused. */
  acceptContact(conversationId: string): Promise<void>
  /** It is no request any more; who asked is not told. */
  declineContact(conversationId: string): Promise<void>

  reportReasons(): Promise<readonly ReportReason[]>
  /** Tells the operator; nobody else learns of it. Rejects with a RequestError for what is refused. */
  reportMessage(messageId: string, report: NewReport): Promise<void>
  reportUser(userId: string, report: NewReport): Promise<void>

  /** You and he reach each other no longer, and what he says elsewhere is collapsed. */
  block(userId: string): Promise<void>
  unblock(userId: string): Promise<void>
  /** What he says is collapsed. */
  mute(userId: string): Promise<void>
  unmute(userId: string): Promise<void>

  /** Anything else that the API offers; rejects with a RequestError. */
  readonly request: Connection['request']
  readonly subscribe: Connection['subscribe']
  /** Now, whatever is waited for. */
  reconnect(): void
  /** Ends everything; what is stored stays. Resolves when it is stored. */
  close(): Promise<void>
  /** `close`, and takes away what is stored: for signing out. */
  forget(): Promise<void>
}

export interface OpenConversation {
  readonly id: string
  readonly conversation: Readable<Conversation | null>
  readonly messages: Readable<MessageList>
  readonly members: Readable<MemberList>
  /** Without you. Asked for while somebody listens. */
  readonly typing: Readable<readonly User[]>
  /** Asked for while somebody listens. */
  readonly presence: Readable<ConversationPresence>

  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  fill(hole: Hole): Promise<void>
  showAround(messageId: string): Promise<void>
  showNewest(): Promise<void>
  loadMembers(): Promise<void>

  send(message: NewMessage): OutboxEntry
  /** Up to this message, or to the newest one shown. null: there is nothing to mark. */
  markRead(messageId?: string): OutboxEntry | null
  setTyping(isTyping: boolean): void
  close(): void
}
