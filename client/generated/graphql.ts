/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which one. */
export type AcceptContactInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The direct conversation. */
  conversationId: string;
};

/** What, and with which emoji. */
export type AddReactionInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** Exactly one emoji. */
  emoji: string;
  /** The message. */
  messageId: string;
};

/** Whom. */
export type BlockUserInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The user: another one than you. */
  userId: string;
};

/** What somebody may do in a conversation, or with a message. */
export type Capability =
  /** Add members. */
  | 'ADD_MEMBERS'
  /** Answer the request of a stranger with which it began: see `contact`. */
  | 'ANSWER_CONTACT'
  /** Make it read-only, and lively again. */
  | 'ARCHIVE'
  /** Delete this message for everybody; for himself everybody may. */
  | 'DELETE'
  /** Delete for everybody what others said. */
  | 'DELETE_MESSAGES'
  /** Say this message anew. */
  | 'EDIT'
  /** Make and revoke invites. */
  | 'INVITE'
  /** Join it. */
  | 'JOIN'
  /** Leave it. */
  | 'LEAVE'
  /** Mention everybody. */
  | 'MENTION_ALL'
  /** Pin and unpin this message. */
  | 'PIN'
  /** Pin and unpin messages. */
  | 'PIN_MESSAGES'
  /** Send messages. */
  | 'POST'
  /** React to messages, or to this one. */
  | 'REACT'
  /** Read and listen. */
  | 'READ'
  /** Remove members. */
  | 'REMOVE_MEMBERS'
  /** Answer this message, or in its thread. */
  | 'REPLY'
  /** Change members’ roles. */
  | 'SET_ROLES'
  /** Hand the ownership on. */
  | 'TRANSFER_OWNERSHIP'
  /** Change its title and whatever else it carries. */
  | 'UPDATE';

/** How a request stands. */
export type ContactState =
  /** It is a direct conversation as any other, for good. */
  | 'ACCEPTED'
  /** You do not want to see it; who asked does not learn that. */
  | 'DECLINED'
  /** It waits. To who asked it does so for ever, declined or not. */
  | 'REQUESTED';

/** What sort of conversation it is. */
export type ConversationKind =
  /** Only owners and managers post. */
  | 'BROADCAST'
  /** Around a subject. */
  | 'CHANNEL'
  /** Of two, one for each pair. */
  | 'DIRECT'
  /** By invitation. */
  | 'GROUP';

/** Which one. */
export type DeclineContactInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The direct conversation. */
  conversationId: string;
};

/** What to delete. */
export type DeleteMessageInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** For whom. */
  for: DeletionScope;
  /** The message. */
  messageId: string;
};

/** For whom a message is deleted. */
export type DeletionScope =
  /** Its place is left, and nothing of what it said. */
  | 'EVERYBODY'
  /** Nobody else learns of it. */
  | 'ME';

/** What to say instead. */
export type EditMessageInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The revision that you saw: StaleWrite when it has been edited since. Unless given, the last one wins. */
  expectedRevision?: number | null | undefined;
  /** Whom the new text mentions; nobody unless given. */
  mentions?: Array<MentionInput> | null | undefined;
  /** The message. */
  messageId: string;
  /** The application’s own details; as they were unless given, null takes them away. */
  metadata?: Record<string, unknown> | null | undefined;
  /** What to say. Kept to the letter. */
  text: string;
};

/** Every error by name; docs/ERRORS.md tells each. */
export type ErrorCode =
  /** You may not do this. */
  | 'FORBIDDEN'
  /** This client id was used before with other content; use a new one for a new message. */
  | 'IDEMPOTENCY_CONFLICT'
  /** An argument is not acceptable. */
  | 'INVALID_INPUT'
  /** A limit was passed. */
  | 'LIMIT_EXCEEDED'
  /** There is nothing of that id that you may know of. */
  | 'NOT_FOUND'
  /** Too much at once: come again after retryAfterMs. */
  | 'RATE_LIMITED'
  /** The server cannot store or read just now; nothing was lost, repeat with the same client id. */
  | 'SERVICE_UNAVAILABLE'
  /** This conversation is in slow mode: say the next thing after retryAfterMs. */
  | 'SLOW_MODE'
  /** It is no longer as you saw it: read it again before you change it. */
  | 'STALE_WRITE'
  /** The operator has suspended this tenant: nobody of it is let in until it is resumed. */
  | 'TENANT_SUSPENDED'
  /** The token of this socket has expired: renew it with the mutation renewSession, or connect again with a new one. */
  | 'TOKEN_EXPIRED'
  /** A valid token is needed: send it as "Authorization: Bearer …", or in connection_init over WebSocket. */
  | 'UNAUTHENTICATED'
  /** Only documents of this server’s manifest may be asked here: send extensions.persistedQuery.sha256Hash or documentId. */
  | 'UNTRUSTED_DOCUMENT';

/** How far you have read. */
export type MarkReadInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The newest message that you have read. A reply in a thread marks the thread. */
  upTo: string;
};

/** What a member is in one conversation. */
export type MemberRole =
  /** Here for a while. */
  | 'GUEST'
  /** Changes it and its members. */
  | 'MANAGER'
  /** Reads and posts. */
  | 'MEMBER'
  /** Keeps order: removes members. */
  | 'MODERATOR'
  /** May do everything. */
  | 'OWNER';

/** A range of the text that names somebody. */
export type MentionInput = {
  /** Who. HERE and ALL need the capability MENTION_ALL. */
  kind: MentionKind;
  /** How long it is, in UTF-16 units. */
  length: number;
  /** Where it begins in the text, in UTF-16 units. */
  start: number;
  /** Whom, of kind USER. */
  userId?: string | null | undefined;
};

/** Who is mentioned. */
export type MentionKind =
  /** Everybody. */
  | 'ALL'
  /** Everybody who is there. */
  | 'HERE'
  /** One user. */
  | 'USER';

/** Whom. */
export type MuteUserInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The user: another one than you. */
  userId: string;
};

/** Who is listed of those who are here. */
export type PresenceCoverage =
  /** None, as they are more than `limits { presenceSampled }`. */
  | 'COUNT'
  /** All of them. */
  | 'FULL'
  /** A few, as they are more than `limits { presenceListed }`. */
  | 'SAMPLE';

/** Whether somebody is here: of his devices the best counts. */
export type PresenceState =
  /** He is here. */
  | 'ACTIVE'
  /** His device is, and he does nothing with it. */
  | 'IDLE'
  /** He is not, for 10 to 15 seconds at least; or you may not know. */
  | 'OFFLINE';

/** What, and which emoji. */
export type RemoveReactionInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** Exactly one emoji. */
  emoji: string;
  /** The message. */
  messageId: string;
};

/** What, and why. */
export type ReportMessageInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** What the operator should know besides; of OTHER it must be there. */
  comment?: string | null | undefined;
  /** A message that you see and have not said yourself. */
  messageId: string;
  /** Why. */
  reason: ReportReason;
};

/** Why something is reported. */
export type ReportReason =
  /** Sexual abuse or exploitation of a child, or grooming. */
  | 'CHILD_SAFETY'
  /** Insults, threats or stalking of somebody. */
  | 'HARASSMENT'
  /** Against people for what they are: origin, faith, sex, disability. */
  | 'HATE'
  /** Somebody pretends to be somebody else. */
  | 'IMPERSONATION'
  /** Something else: say what in the comment. */
  | 'OTHER'
  /** Fraud: for money, for passwords, for personal details. */
  | 'SCAM'
  /** Somebody may harm himself, or is told to. */
  | 'SELF_HARM'
  /** Nudity or sexual content that is not wanted here. */
  | 'SEXUAL'
  /** Advertising, or the same again and again. */
  | 'SPAM'
  /** Violence shown, praised or announced. */
  | 'VIOLENCE';

/** Whom, and why. */
export type ReportUserInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** What the operator should know besides; of OTHER it must be there. */
  comment?: string | null | undefined;
  /** Why. */
  reason: ReportReason;
  /** Another user than you. */
  userId: string;
};

/** What to say, and where. */
export type SendMessageInput = {
  /** What is said in a thread is to stand in the conversation, too. */
  alsoInConversation?: boolean | null | undefined;
  /** With a server key of scope `messages:write`: the member who says it; the system unless given. */
  asUserId?: string | null | undefined;
  /** Files of the author that are uploaded and not sent yet, in the order in which they are to be shown. With one of them the text may be empty. */
  attachmentIds?: Array<string> | null | undefined;
  /** Chosen by the client, and kept by it until the answer: whatever is sent again with it is stored once. */
  clientMessageId: string;
  /** Where to say it. */
  conversationId: string;
  /** When it is to go by itself: it is deleted for everybody within seconds of it. */
  expiresAt?: string | null | undefined;
  /** Whom it mentions: ranges that do not overlap. */
  mentions?: Array<MentionInput> | null | undefined;
  /** The application’s own details. */
  metadata?: Record<string, unknown> | null | undefined;
  /** The message that it answers, of the same conversation. */
  replyToId?: string | null | undefined;
  /** Nobody is told, and it counts as unread for nobody. */
  silent?: boolean | null | undefined;
  /** What to say. Kept to the letter. */
  text: string;
  /** To say it in the thread of this message. */
  threadId?: string | null | undefined;
  /** NORMAL unless given. */
  urgency?: Urgency | null | undefined;
};

/** Where, and whether. */
export type SetTypingInput = {
  /** The conversation. */
  conversationId: string;
  /** false: no longer. Sending a message says it, too. */
  isTyping: boolean;
};

/** Whom. */
export type UnblockUserInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The user: another one than you. */
  userId: string;
};

/** Whom. */
export type UnmuteUserInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The user: another one than you. */
  userId: string;
};

/** How much a message asks for attention: what the application and its notifications make of it. */
export type Urgency =
  /** Soon. */
  | 'HIGH'
  /** Whenever there is time. */
  | 'LOW'
  /** As usual. */
  | 'NORMAL'
  /** Now. */
  | 'URGENT';

export type FeedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FeedSubscription = { feed:
    | { __typename: 'AccessRevoked', conversationId: string, cursor: string }
    | { __typename: 'AccountUpdated', id: string, seq: number, cursor: string, actor: { id: string } | null }
    | { __typename: 'ContactAccepted', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'ContactDeclined', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationArchived', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } }
    | { __typename: 'ConversationJoined', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationLeft', id: string, seq: number, conversationId: string, cursor: string, actor: { id: string } | null }
    | { __typename: 'ConversationUnarchived', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } }
    | { __typename: 'ConversationUpdated', id: string, seq: number, changed: Array<string>, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } }
    | { __typename: 'MemberJoined', id: string, seq: number, role: MemberRole, cursor: string, actor: { id: string } | null, conversation: { id: string, memberCount: number }, user: { id: string, externalId: string, name: string, avatarUrl: string | null } }
    | { __typename: 'MemberLeft', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, memberCount: number }, user: { id: string } }
    | { __typename: 'MemberRoleChanged', id: string, seq: number, role: MemberRole, cursor: string, actor: { id: string } | null, conversation: { id: string }, user: { id: string, externalId: string, name: string, avatarUrl: string | null } }
    | { __typename: 'MemberTimedOut', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'MembershipUpdated', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'MessageDeleted', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageEdited', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageHidden', id: string, seq: number, conversationId: string, messageId: string, cursor: string, actor: { id: string } | null }
    | { __typename: 'MessagePinned', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageSent', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageUnpinned', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'ReactionAdded', id: string, seq: number, emoji: string, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'ReactionRemoved', id: string, seq: number, emoji: string, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'ReadMarked', id: string, seq: number, readSeq: number, threadId: string | null, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'ReceiptsAdvanced', readSeq: number, deliveredSeq: number, cursor: string, conversation: { id: string }, user: { id: string } }
    | { __typename: 'Restricted', id: string, seq: number, cursor: string, actor: { id: string } | null }
    | { __typename: 'ResyncRequired', cursor: string }
    | { __typename: 'ScheduledMessageChanged', id: string, seq: number, cursor: string, actor: { id: string } | null }
    | { __typename: 'SignedOut', id: string, seq: number, cursor: string, actor: { id: string } | null }
    | { __typename: 'Subscribed', cursor: string }
    | { __typename: 'ThreadFollowed', id: string, seq: number, cursor: string, actor: { id: string } | null }
    | { __typename: 'UserBlocked', id: string, seq: number, blocked: boolean, cursor: string, actor: { id: string } | null, user: { id: string } }
    | { __typename: 'UserMuted', id: string, seq: number, muted: boolean, cursor: string, actor: { id: string } | null, user: { id: string } }
   };

export type ListenSubscriptionVariables = Exact<{
  conversationId: string;
  after?: string | null | undefined;
  afterSeq?: number | null | undefined;
}>;


export type ListenSubscription = { conversationEvents:
    | { __typename: 'AccessRevoked', conversationId: string, cursor: string }
    | { __typename: 'ContactAccepted', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationArchived', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } }
    | { __typename: 'ConversationUnarchived', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } }
    | { __typename: 'ConversationUpdated', id: string, seq: number, changed: Array<string>, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } }
    | { __typename: 'MemberJoined', id: string, seq: number, role: MemberRole, cursor: string, actor: { id: string } | null, conversation: { id: string, memberCount: number }, user: { id: string, externalId: string, name: string, avatarUrl: string | null } }
    | { __typename: 'MemberLeft', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, memberCount: number }, user: { id: string } }
    | { __typename: 'MemberRoleChanged', id: string, seq: number, role: MemberRole, cursor: string, actor: { id: string } | null, conversation: { id: string }, user: { id: string, externalId: string, name: string, avatarUrl: string | null } }
    | { __typename: 'MemberTimedOut', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } }
    | { __typename: 'MessageDeleted', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageEdited', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessagePinned', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageSent', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'MessageUnpinned', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'ReactionAdded', id: string, seq: number, emoji: string, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'ReactionRemoved', id: string, seq: number, emoji: string, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null }
    | { __typename: 'ReceiptsAdvanced', readSeq: number, deliveredSeq: number, cursor: string, conversation: { id: string }, user: { id: string } }
    | { __typename: 'ResyncRequired', cursor: string }
    | { __typename: 'Subscribed', cursor: string }
   };

type Event_AccessRevoked_Fragment = { __typename: 'AccessRevoked', conversationId: string, cursor: string };

type Event_AccountUpdated_Fragment = { __typename: 'AccountUpdated', id: string, seq: number, cursor: string, actor: { id: string } | null };

type Event_ContactAccepted_Fragment = { __typename: 'ContactAccepted', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } };

type Event_ContactDeclined_Fragment = { __typename: 'ContactDeclined', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } };

type Event_ConversationArchived_Fragment = { __typename: 'ConversationArchived', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } };

type Event_ConversationJoined_Fragment = { __typename: 'ConversationJoined', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } };

type Event_ConversationLeft_Fragment = { __typename: 'ConversationLeft', id: string, seq: number, conversationId: string, cursor: string, actor: { id: string } | null };

type Event_ConversationUnarchived_Fragment = { __typename: 'ConversationUnarchived', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } };

type Event_ConversationUpdated_Fragment = { __typename: 'ConversationUpdated', id: string, seq: number, changed: Array<string>, cursor: string, actor: { id: string } | null, conversation: { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string } };

type Event_MemberJoined_Fragment = { __typename: 'MemberJoined', id: string, seq: number, role: MemberRole, cursor: string, actor: { id: string } | null, conversation: { id: string, memberCount: number }, user: { id: string, externalId: string, name: string, avatarUrl: string | null } };

type Event_MemberLeft_Fragment = { __typename: 'MemberLeft', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string, memberCount: number }, user: { id: string } };

type Event_MemberRoleChanged_Fragment = { __typename: 'MemberRoleChanged', id: string, seq: number, role: MemberRole, cursor: string, actor: { id: string } | null, conversation: { id: string }, user: { id: string, externalId: string, name: string, avatarUrl: string | null } };

type Event_MemberTimedOut_Fragment = { __typename: 'MemberTimedOut', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } };

type Event_MembershipUpdated_Fragment = { __typename: 'MembershipUpdated', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string } };

type Event_MessageDeleted_Fragment = { __typename: 'MessageDeleted', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_MessageEdited_Fragment = { __typename: 'MessageEdited', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_MessageHidden_Fragment = { __typename: 'MessageHidden', id: string, seq: number, conversationId: string, messageId: string, cursor: string, actor: { id: string } | null };

type Event_MessagePinned_Fragment = { __typename: 'MessagePinned', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_MessageSent_Fragment = { __typename: 'MessageSent', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_MessageUnpinned_Fragment = { __typename: 'MessageUnpinned', id: string, seq: number, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_ReactionAdded_Fragment = { __typename: 'ReactionAdded', id: string, seq: number, emoji: string, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_ReactionRemoved_Fragment = { __typename: 'ReactionRemoved', id: string, seq: number, emoji: string, cursor: string, actor: { id: string } | null, conversation: { id: string }, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> } | null };

type Event_ReadMarked_Fragment = { __typename: 'ReadMarked', id: string, seq: number, readSeq: number, threadId: string | null, cursor: string, actor: { id: string } | null, conversation: { id: string } };

type Event_ReceiptsAdvanced_Fragment = { __typename: 'ReceiptsAdvanced', readSeq: number, deliveredSeq: number, cursor: string, conversation: { id: string }, user: { id: string } };

type Event_Restricted_Fragment = { __typename: 'Restricted', id: string, seq: number, cursor: string, actor: { id: string } | null };

type Event_ResyncRequired_Fragment = { __typename: 'ResyncRequired', cursor: string };

type Event_ScheduledMessageChanged_Fragment = { __typename: 'ScheduledMessageChanged', id: string, seq: number, cursor: string, actor: { id: string } | null };

type Event_SignedOut_Fragment = { __typename: 'SignedOut', id: string, seq: number, cursor: string, actor: { id: string } | null };

type Event_Subscribed_Fragment = { __typename: 'Subscribed', cursor: string };

type Event_ThreadFollowed_Fragment = { __typename: 'ThreadFollowed', id: string, seq: number, cursor: string, actor: { id: string } | null };

type Event_UserBlocked_Fragment = { __typename: 'UserBlocked', id: string, seq: number, blocked: boolean, cursor: string, actor: { id: string } | null, user: { id: string } };

type Event_UserMuted_Fragment = { __typename: 'UserMuted', id: string, seq: number, muted: boolean, cursor: string, actor: { id: string } | null, user: { id: string } };

export type EventFragment =
  | Event_AccessRevoked_Fragment
  | Event_AccountUpdated_Fragment
  | Event_ContactAccepted_Fragment
  | Event_ContactDeclined_Fragment
  | Event_ConversationArchived_Fragment
  | Event_ConversationJoined_Fragment
  | Event_ConversationLeft_Fragment
  | Event_ConversationUnarchived_Fragment
  | Event_ConversationUpdated_Fragment
  | Event_MemberJoined_Fragment
  | Event_MemberLeft_Fragment
  | Event_MemberRoleChanged_Fragment
  | Event_MemberTimedOut_Fragment
  | Event_MembershipUpdated_Fragment
  | Event_MessageDeleted_Fragment
  | Event_MessageEdited_Fragment
  | Event_MessageHidden_Fragment
  | Event_MessagePinned_Fragment
  | Event_MessageSent_Fragment
  | Event_MessageUnpinned_Fragment
  | Event_ReactionAdded_Fragment
  | Event_ReactionRemoved_Fragment
  | Event_ReadMarked_Fragment
  | Event_ReceiptsAdvanced_Fragment
  | Event_Restricted_Fragment
  | Event_ResyncRequired_Fragment
  | Event_ScheduledMessageChanged_Fragment
  | Event_SignedOut_Fragment
  | Event_Subscribed_Fragment
  | Event_ThreadFollowed_Fragment
  | Event_UserBlocked_Fragment
  | Event_UserMuted_Fragment
;

export type TypingSubscriptionVariables = Exact<{
  conversationId: string;
}>;


export type TypingSubscription = { typing:
    | { __typename: 'AccessRevoked' }
    | { __typename: 'TypingMembers', users: Array<{ id: string, externalId: string, name: string, avatarUrl: string | null }> }
   };

export type PresenceSubscriptionVariables = Exact<{
  conversationId?: string | null | undefined;
  userIds?: Array<string> | string | null | undefined;
}>;


export type PresenceSubscription = { presence:
    | { __typename: 'AccessRevoked' }
    | { __typename: 'PresenceReport', coverage: PresenceCoverage, isSnapshot: boolean, online: number, users: Array<{ userId: string, state: PresenceState, lastSeenAt: string | null }> }
   };

export type UserFieldsFragment = { id: string, externalId: string, name: string, avatarUrl: string | null };

export type SharedMessageFragment = { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null, reactions: Array<{ emoji: string, count: number }> };

export type OwnMessageFragment = { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null };

export type SharedConversationFragment = { id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string };

export type OwnConversationFragment = { capabilities: Array<Capability>, id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string, contact: { state: ContactState, requestedBy: { id: string } } | null, viewerUnread: { messages: number, mentions: number } | null, viewerMembership: { role: MemberRole, joinedSeq: number, own: { readSeq: number, mutedUntil: string | null, pinOrder: number | null, hidden: boolean } | null } | null, lastMessage: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } | null, members: { edges: Array<{ node: { user: { id: string, externalId: string, name: string, avatarUrl: string | null } } }> } };

type Refusal_Forbidden_Fragment = { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_IdempotencyConflict_Fragment = { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_InvalidInput_Fragment = { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_LimitExceeded_Fragment = { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_NotFound_Fragment = { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_RateLimited_Fragment = { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_ServiceUnavailable_Fragment = { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_SlowMode_Fragment = { __typename: 'SlowMode', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

type Refusal_StaleWrite_Fragment = { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null };

export type RefusalFragment =
  | Refusal_Forbidden_Fragment
  | Refusal_IdempotencyConflict_Fragment
  | Refusal_InvalidInput_Fragment
  | Refusal_LimitExceeded_Fragment
  | Refusal_NotFound_Fragment
  | Refusal_RateLimited_Fragment
  | Refusal_ServiceUnavailable_Fragment
  | Refusal_SlowMode_Fragment
  | Refusal_StaleWrite_Fragment
;

export type SendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMutation = { sendMessage:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'SendMessagePayload', deduplicated: boolean, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'SlowMode', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type EditMutationVariables = Exact<{
  input: EditMessageInput;
}>;


export type EditMutation = { editMessage:
    | { __typename: 'EditMessagePayload', message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type DeleteMutationVariables = Exact<{
  input: DeleteMessageInput;
}>;


export type DeleteMutation = { deleteMessage:
    | { __typename: 'DeleteMessagePayload', messageId: string, message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } | null }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type ReactMutationVariables = Exact<{
  input: AddReactionInput;
}>;


export type ReactMutation = { addReaction:
    | { __typename: 'AddReactionPayload', message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type UnreactMutationVariables = Exact<{
  input: RemoveReactionInput;
}>;


export type UnreactMutation = { removeReaction:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RemoveReactionPayload', message: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type MarkReadMutationVariables = Exact<{
  input: MarkReadInput;
}>;


export type MarkReadMutation = { markRead:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'MarkReadPayload', conversation: { id: string } }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type SetTypingMutationVariables = Exact<{
  input: SetTypingInput;
}>;


export type SetTypingMutation = { setTyping:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'SetTypingPayload' }
   };

export type AcceptContactMutationVariables = Exact<{
  input: AcceptContactInput;
}>;


export type AcceptContactMutation = { acceptContact:
    | { __typename: 'AcceptContactPayload', conversation: { id: string } }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type DeclineContactMutationVariables = Exact<{
  input: DeclineContactInput;
}>;


export type DeclineContactMutation = { declineContact:
    | { __typename: 'DeclineContactPayload', conversation: { id: string } }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type ReportMessageMutationVariables = Exact<{
  input: ReportMessageInput;
}>;


export type ReportMessageMutation = { reportMessage:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ReportMessagePayload' }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'StaleWrite', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type ReportUserMutationVariables = Exact<{
  input: ReportUserInput;
}>;


export type ReportUserMutation = { reportUser:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ReportUserPayload' }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type BlockUserMutationVariables = Exact<{
  input: BlockUserInput;
}>;


export type BlockUserMutation = { blockUser:
    | { __typename: 'BlockUserPayload' }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type UnblockUserMutationVariables = Exact<{
  input: UnblockUserInput;
}>;


export type UnblockUserMutation = { unblockUser:
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'UnblockUserPayload' }
   };

export type MuteUserMutationVariables = Exact<{
  input: MuteUserInput;
}>;


export type MuteUserMutation = { muteUser:
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'MuteUserPayload' }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
   };

export type UnmuteUserMutationVariables = Exact<{
  input: UnmuteUserInput;
}>;


export type UnmuteUserMutation = { unmuteUser:
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'InvalidInput', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'LimitExceeded', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean, retryAfterMs: number | null }
    | { __typename: 'UnmuteUserPayload' }
   };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { user: { id: string, externalId: string, name: string, avatarUrl: string | null } } };

export type ConversationsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ConversationsQuery = { conversations: { edges: Array<{ node: { capabilities: Array<Capability>, id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string, contact: { state: ContactState, requestedBy: { id: string } } | null, viewerUnread: { messages: number, mentions: number } | null, viewerMembership: { role: MemberRole, joinedSeq: number, own: { readSeq: number, mutedUntil: string | null, pinOrder: number | null, hidden: boolean } | null } | null, lastMessage: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } | null, members: { edges: Array<{ node: { user: { id: string, externalId: string, name: string, avatarUrl: string | null } } }> } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SafetyQueryVariables = Exact<{
  first: number;
  avoided: number;
}>;


export type SafetyQuery = { contactRequests: { edges: Array<{ node: { capabilities: Array<Capability>, id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string, contact: { state: ContactState, requestedBy: { id: string } } | null, viewerUnread: { messages: number, mentions: number } | null, viewerMembership: { role: MemberRole, joinedSeq: number, own: { readSeq: number, mutedUntil: string | null, pinOrder: number | null, hidden: boolean } | null } | null, lastMessage: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } | null, members: { edges: Array<{ node: { user: { id: string, externalId: string, name: string, avatarUrl: string | null } } }> } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, viewer: { blockedUsers: { edges: Array<{ node: { user: { id: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, mutedUsers: { edges: Array<{ node: { user: { id: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type BlockedUsersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type BlockedUsersQuery = { viewer: { blockedUsers: { edges: Array<{ node: { user: { id: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type MutedUsersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type MutedUsersQuery = { viewer: { mutedUsers: { edges: Array<{ node: { user: { id: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type ContactRequestsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ContactRequestsQuery = { contactRequests: { edges: Array<{ node: { capabilities: Array<Capability>, id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string, contact: { state: ContactState, requestedBy: { id: string } } | null, viewerUnread: { messages: number, mentions: number } | null, viewerMembership: { role: MemberRole, joinedSeq: number, own: { readSeq: number, mutedUntil: string | null, pinOrder: number | null, hidden: boolean } | null } | null, lastMessage: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } | null, members: { edges: Array<{ node: { user: { id: string, externalId: string, name: string, avatarUrl: string | null } } }> } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ConversationsByIdQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ConversationsByIdQuery = { nodes: Array<
    | { __typename: 'Conversation', capabilities: Array<Capability>, id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string, contact: { state: ContactState, requestedBy: { id: string } } | null, viewerUnread: { messages: number, mentions: number } | null, viewerMembership: { role: MemberRole, joinedSeq: number, own: { readSeq: number, mutedUntil: string | null, pinOrder: number | null, hidden: boolean } | null } | null, lastMessage: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } | null, members: { edges: Array<{ node: { user: { id: string, externalId: string, name: string, avatarUrl: string | null } } }> } }
    | { __typename: 'Message' }
    | { __typename: 'User' }
   | null> };

export type ConversationsAsStrangerQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ConversationsAsStrangerQuery = { nodes: Array<
    | { __typename: 'Conversation', capabilities: Array<Capability>, id: string, kind: ConversationKind, title: string | null, topic: string | null, avatarUrl: string | null, metadata: Record<string, unknown> | null, archivedAt: string | null, memberCount: number, createdAt: string, viewerMembership: { role: MemberRole } | null }
    | { __typename: 'Message' }
    | { __typename: 'User' }
   | null> };

export type MessagesQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
  around?: string | null | undefined;
}>;


export type MessagesQuery = { conversation: { messages: { edges: Array<{ cursor: string, node: { id: string, seq: number, clientMessageId: string, text: string, createdAt: string, editedAt: string | null, deletedAt: string | null, pinnedAt: string | null, revision: number, silent: boolean, urgency: Urgency, metadata: Record<string, unknown> | null, inThread: boolean, alsoInConversation: boolean, conversation: { id: string }, reactions: Array<{ viewerReacted: boolean, emoji: string, count: number }>, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null, mentions: Array<{ kind: MentionKind, start: number, length: number, user: { id: string } | null }>, replyTo: { id: string, text: string, deletedAt: string | null, author: { id: string, externalId: string, name: string, avatarUrl: string | null } | null } | null, threadRoot: { id: string, thread: { replyCount: number } | null } | null, thread: { replyCount: number } | null } }>, pageInfo: { hasPreviousPage: boolean, hasNextPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type MembersQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type MembersQuery = { conversation: { members: { edges: Array<{ node: { role: MemberRole, readSeq: number | null, deliveredSeq: number | null, user: { id: string, externalId: string, name: string, avatarUrl: string | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type KnownEventsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type KnownEventsQuery = { knownEvents: Array<boolean> };

export type ReportReasonsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReportReasonsQuery = { reportReasons: Array<{ reason: ReportReason, title: string, description: string, needsComment: boolean }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const UserFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
    `, {"fragmentName":"UserFields"}) as unknown as TypedDocumentString<UserFieldsFragment, unknown>;
export const SharedMessageFragmentDoc = new TypedDocumentString(`
    fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}`, {"fragmentName":"SharedMessage"}) as unknown as TypedDocumentString<SharedMessageFragment, unknown>;
export const SharedConversationFragmentDoc = new TypedDocumentString(`
    fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}
    `, {"fragmentName":"SharedConversation"}) as unknown as TypedDocumentString<SharedConversationFragment, unknown>;
export const EventFragmentDoc = new TypedDocumentString(`
    fragment Event on FeedEvent {
  __typename
  cursor
  ... on LogEvent {
    id
    seq
    actor {
      id
    }
  }
  ... on ConversationLogEvent {
    conversation {
      id
    }
  }
  ... on MessageSent {
    message {
      ...SharedMessage
    }
  }
  ... on MessageEdited {
    message {
      ...SharedMessage
    }
  }
  ... on MessageDeleted {
    message {
      ...SharedMessage
    }
  }
  ... on MessagePinned {
    message {
      ...SharedMessage
    }
  }
  ... on MessageUnpinned {
    message {
      ...SharedMessage
    }
  }
  ... on ReactionAdded {
    emoji
    message {
      ...SharedMessage
    }
  }
  ... on ReactionRemoved {
    emoji
    message {
      ...SharedMessage
    }
  }
  ... on MemberJoined {
    role
    user {
      ...UserFields
    }
    conversation {
      memberCount
    }
  }
  ... on MemberLeft {
    user {
      id
    }
    conversation {
      memberCount
    }
  }
  ... on MemberRoleChanged {
    role
    user {
      ...UserFields
    }
  }
  ... on ConversationUpdated {
    changed
    conversation {
      ...SharedConversation
    }
  }
  ... on ConversationArchived {
    conversation {
      ...SharedConversation
    }
  }
  ... on ConversationUnarchived {
    conversation {
      ...SharedConversation
    }
  }
  ... on ReceiptsAdvanced {
    conversation {
      id
    }
    user {
      id
    }
    readSeq
    deliveredSeq
  }
  ... on ConversationJoined {
    conversation {
      id
    }
  }
  ... on ConversationLeft {
    conversationId
  }
  ... on AccessRevoked {
    conversationId
  }
  ... on ContactDeclined {
    conversation {
      id
    }
  }
  ... on UserBlocked {
    blocked
    user {
      id
    }
  }
  ... on UserMuted {
    muted
    user {
      id
    }
  }
  ... on MembershipUpdated {
    conversation {
      id
    }
  }
  ... on ReadMarked {
    conversation {
      id
    }
    readSeq
    threadId
  }
  ... on MessageHidden {
    conversationId
    messageId
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}`, {"fragmentName":"Event"}) as unknown as TypedDocumentString<EventFragment, unknown>;
export const OwnMessageFragmentDoc = new TypedDocumentString(`
    fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}`, {"fragmentName":"OwnMessage"}) as unknown as TypedDocumentString<OwnMessageFragment, unknown>;
export const OwnConversationFragmentDoc = new TypedDocumentString(`
    fragment OwnConversation on Conversation {
  ...SharedConversation
  capabilities
  contact {
    state
    requestedBy {
      id
    }
  }
  viewerUnread {
    messages
    mentions
  }
  viewerMembership {
    role
    joinedSeq
    own {
      readSeq
      mutedUntil
      pinOrder
      hidden
    }
  }
  lastMessage {
    ...OwnMessage
  }
  members(first: 2) {
    edges {
      node {
        user {
          ...UserFields
        }
      }
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}`, {"fragmentName":"OwnConversation"}) as unknown as TypedDocumentString<OwnConversationFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const FeedDocument = new TypedDocumentString(`
    subscription Feed($after: String) {
  feed(after: $after) {
    ...Event
  }
}
    fragment Event on FeedEvent {
  __typename
  cursor
  ... on LogEvent {
    id
    seq
    actor {
      id
    }
  }
  ... on ConversationLogEvent {
    conversation {
      id
    }
  }
  ... on MessageSent {
    message {
      ...SharedMessage
    }
  }
  ... on MessageEdited {
    message {
      ...SharedMessage
    }
  }
  ... on MessageDeleted {
    message {
      ...SharedMessage
    }
  }
  ... on MessagePinned {
    message {
      ...SharedMessage
    }
  }
  ... on MessageUnpinned {
    message {
      ...SharedMessage
    }
  }
  ... on ReactionAdded {
    emoji
    message {
      ...SharedMessage
    }
  }
  ... on ReactionRemoved {
    emoji
    message {
      ...SharedMessage
    }
  }
  ... on MemberJoined {
    role
    user {
      ...UserFields
    }
    conversation {
      memberCount
    }
  }
  ... on MemberLeft {
    user {
      id
    }
    conversation {
      memberCount
    }
  }
  ... on MemberRoleChanged {
    role
    user {
      ...UserFields
    }
  }
  ... on ConversationUpdated {
    changed
    conversation {
      ...SharedConversation
    }
  }
  ... on ConversationArchived {
    conversation {
      ...SharedConversation
    }
  }
  ... on ConversationUnarchived {
    conversation {
      ...SharedConversation
    }
  }
  ... on ReceiptsAdvanced {
    conversation {
      id
    }
    user {
      id
    }
    readSeq
    deliveredSeq
  }
  ... on ConversationJoined {
    conversation {
      id
    }
  }
  ... on ConversationLeft {
    conversationId
  }
  ... on AccessRevoked {
    conversationId
  }
  ... on ContactDeclined {
    conversation {
      id
    }
  }
  ... on UserBlocked {
    blocked
    user {
      id
    }
  }
  ... on UserMuted {
    muted
    user {
      id
    }
  }
  ... on MembershipUpdated {
    conversation {
      id
    }
  }
  ... on ReadMarked {
    conversation {
      id
    }
    readSeq
    threadId
  }
  ... on MessageHidden {
    conversationId
    messageId
  }
}
fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}`) as unknown as TypedDocumentString<FeedSubscription, FeedSubscriptionVariables>;
export const ListenDocument = new TypedDocumentString(`
    subscription Listen($conversationId: ID!, $after: String, $afterSeq: NonNegativeInt) {
  conversationEvents(
    conversationId: $conversationId
    after: $after
    afterSeq: $afterSeq
  ) {
    ...Event
  }
}
    fragment Event on FeedEvent {
  __typename
  cursor
  ... on LogEvent {
    id
    seq
    actor {
      id
    }
  }
  ... on ConversationLogEvent {
    conversation {
      id
    }
  }
  ... on MessageSent {
    message {
      ...SharedMessage
    }
  }
  ... on MessageEdited {
    message {
      ...SharedMessage
    }
  }
  ... on MessageDeleted {
    message {
      ...SharedMessage
    }
  }
  ... on MessagePinned {
    message {
      ...SharedMessage
    }
  }
  ... on MessageUnpinned {
    message {
      ...SharedMessage
    }
  }
  ... on ReactionAdded {
    emoji
    message {
      ...SharedMessage
    }
  }
  ... on ReactionRemoved {
    emoji
    message {
      ...SharedMessage
    }
  }
  ... on MemberJoined {
    role
    user {
      ...UserFields
    }
    conversation {
      memberCount
    }
  }
  ... on MemberLeft {
    user {
      id
    }
    conversation {
      memberCount
    }
  }
  ... on MemberRoleChanged {
    role
    user {
      ...UserFields
    }
  }
  ... on ConversationUpdated {
    changed
    conversation {
      ...SharedConversation
    }
  }
  ... on ConversationArchived {
    conversation {
      ...SharedConversation
    }
  }
  ... on ConversationUnarchived {
    conversation {
      ...SharedConversation
    }
  }
  ... on ReceiptsAdvanced {
    conversation {
      id
    }
    user {
      id
    }
    readSeq
    deliveredSeq
  }
  ... on ConversationJoined {
    conversation {
      id
    }
  }
  ... on ConversationLeft {
    conversationId
  }
  ... on AccessRevoked {
    conversationId
  }
  ... on ContactDeclined {
    conversation {
      id
    }
  }
  ... on UserBlocked {
    blocked
    user {
      id
    }
  }
  ... on UserMuted {
    muted
    user {
      id
    }
  }
  ... on MembershipUpdated {
    conversation {
      id
    }
  }
  ... on ReadMarked {
    conversation {
      id
    }
    readSeq
    threadId
  }
  ... on MessageHidden {
    conversationId
    messageId
  }
}
fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}`) as unknown as TypedDocumentString<ListenSubscription, ListenSubscriptionVariables>;
export const TypingDocument = new TypedDocumentString(`
    subscription Typing($conversationId: ID!) {
  typing(conversationId: $conversationId) {
    __typename
    ... on TypingMembers {
      users {
        ...UserFields
      }
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}`) as unknown as TypedDocumentString<TypingSubscription, TypingSubscriptionVariables>;
export const PresenceDocument = new TypedDocumentString(`
    subscription Presence($conversationId: ID, $userIds: [ID!]) {
  presence(conversationId: $conversationId, userIds: $userIds) {
    __typename
    ... on PresenceReport {
      coverage
      isSnapshot
      online
      users {
        userId
        state
        lastSeenAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PresenceSubscription, PresenceSubscriptionVariables>;
export const SendDocument = new TypedDocumentString(`
    mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      deduplicated
      message {
        ...OwnMessage
      }
    }
    ...Refusal
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<SendMutation, SendMutationVariables>;
export const EditDocument = new TypedDocumentString(`
    mutation Edit($input: EditMessageInput!) {
  editMessage(input: $input) {
    __typename
    ... on EditMessagePayload {
      message {
        ...OwnMessage
      }
    }
    ...Refusal
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<EditMutation, EditMutationVariables>;
export const DeleteDocument = new TypedDocumentString(`
    mutation Delete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    __typename
    ... on DeleteMessagePayload {
      messageId
      message {
        ...OwnMessage
      }
    }
    ...Refusal
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<DeleteMutation, DeleteMutationVariables>;
export const ReactDocument = new TypedDocumentString(`
    mutation React($input: AddReactionInput!) {
  addReaction(input: $input) {
    __typename
    ... on AddReactionPayload {
      message {
        ...OwnMessage
      }
    }
    ...Refusal
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<ReactMutation, ReactMutationVariables>;
export const UnreactDocument = new TypedDocumentString(`
    mutation Unreact($input: RemoveReactionInput!) {
  removeReaction(input: $input) {
    __typename
    ... on RemoveReactionPayload {
      message {
        ...OwnMessage
      }
    }
    ...Refusal
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<UnreactMutation, UnreactMutationVariables>;
export const MarkReadDocument = new TypedDocumentString(`
    mutation MarkRead($input: MarkReadInput!) {
  markRead(input: $input) {
    __typename
    ... on MarkReadPayload {
      conversation {
        id
      }
    }
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<MarkReadMutation, MarkReadMutationVariables>;
export const SetTypingDocument = new TypedDocumentString(`
    mutation SetTyping($input: SetTypingInput!) {
  setTyping(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<SetTypingMutation, SetTypingMutationVariables>;
export const AcceptContactDocument = new TypedDocumentString(`
    mutation AcceptContact($input: AcceptContactInput!) {
  acceptContact(input: $input) {
    __typename
    ... on AcceptContactPayload {
      conversation {
        id
      }
    }
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<AcceptContactMutation, AcceptContactMutationVariables>;
export const DeclineContactDocument = new TypedDocumentString(`
    mutation DeclineContact($input: DeclineContactInput!) {
  declineContact(input: $input) {
    __typename
    ... on DeclineContactPayload {
      conversation {
        id
      }
    }
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<DeclineContactMutation, DeclineContactMutationVariables>;
export const ReportMessageDocument = new TypedDocumentString(`
    mutation ReportMessage($input: ReportMessageInput!) {
  reportMessage(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<ReportMessageMutation, ReportMessageMutationVariables>;
export const ReportUserDocument = new TypedDocumentString(`
    mutation ReportUser($input: ReportUserInput!) {
  reportUser(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<ReportUserMutation, ReportUserMutationVariables>;
export const BlockUserDocument = new TypedDocumentString(`
    mutation BlockUser($input: BlockUserInput!) {
  blockUser(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<BlockUserMutation, BlockUserMutationVariables>;
export const UnblockUserDocument = new TypedDocumentString(`
    mutation UnblockUser($input: UnblockUserInput!) {
  unblockUser(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<UnblockUserMutation, UnblockUserMutationVariables>;
export const MuteUserDocument = new TypedDocumentString(`
    mutation MuteUser($input: MuteUserInput!) {
  muteUser(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<MuteUserMutation, MuteUserMutationVariables>;
export const UnmuteUserDocument = new TypedDocumentString(`
    mutation UnmuteUser($input: UnmuteUserInput!) {
  unmuteUser(input: $input) {
    __typename
    ...Refusal
  }
}
    fragment Refusal on ChatError {
  __typename
  code
  explanation
  retryable
  retryAfterMs
}`) as unknown as TypedDocumentString<UnmuteUserMutation, UnmuteUserMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    user {
      ...UserFields
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const ConversationsDocument = new TypedDocumentString(`
    query Conversations($first: Int!, $after: String) {
  conversations(first: $first, after: $after) {
    edges {
      node {
        ...OwnConversation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}
fragment OwnConversation on Conversation {
  ...SharedConversation
  capabilities
  contact {
    state
    requestedBy {
      id
    }
  }
  viewerUnread {
    messages
    mentions
  }
  viewerMembership {
    role
    joinedSeq
    own {
      readSeq
      mutedUntil
      pinOrder
      hidden
    }
  }
  lastMessage {
    ...OwnMessage
  }
  members(first: 2) {
    edges {
      node {
        user {
          ...UserFields
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const SafetyDocument = new TypedDocumentString(`
    query Safety($first: Int!, $avoided: Int!) {
  contactRequests(first: $first) {
    edges {
      node {
        ...OwnConversation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
  viewer {
    blockedUsers(first: $avoided) {
      edges {
        node {
          user {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    mutedUsers(first: $avoided) {
      edges {
        node {
          user {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}
fragment OwnConversation on Conversation {
  ...SharedConversation
  capabilities
  contact {
    state
    requestedBy {
      id
    }
  }
  viewerUnread {
    messages
    mentions
  }
  viewerMembership {
    role
    joinedSeq
    own {
      readSeq
      mutedUntil
      pinOrder
      hidden
    }
  }
  lastMessage {
    ...OwnMessage
  }
  members(first: 2) {
    edges {
      node {
        user {
          ...UserFields
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<SafetyQuery, SafetyQueryVariables>;
export const BlockedUsersDocument = new TypedDocumentString(`
    query BlockedUsers($first: Int!, $after: String) {
  viewer {
    blockedUsers(first: $first, after: $after) {
      edges {
        node {
          user {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BlockedUsersQuery, BlockedUsersQueryVariables>;
export const MutedUsersDocument = new TypedDocumentString(`
    query MutedUsers($first: Int!, $after: String) {
  viewer {
    mutedUsers(first: $first, after: $after) {
      edges {
        node {
          user {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MutedUsersQuery, MutedUsersQueryVariables>;
export const ContactRequestsDocument = new TypedDocumentString(`
    query ContactRequests($first: Int!, $after: String) {
  contactRequests(first: $first, after: $after) {
    edges {
      node {
        ...OwnConversation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}
fragment OwnConversation on Conversation {
  ...SharedConversation
  capabilities
  contact {
    state
    requestedBy {
      id
    }
  }
  viewerUnread {
    messages
    mentions
  }
  viewerMembership {
    role
    joinedSeq
    own {
      readSeq
      mutedUntil
      pinOrder
      hidden
    }
  }
  lastMessage {
    ...OwnMessage
  }
  members(first: 2) {
    edges {
      node {
        user {
          ...UserFields
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ContactRequestsQuery, ContactRequestsQueryVariables>;
export const ConversationsByIdDocument = new TypedDocumentString(`
    query ConversationsById($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Conversation {
      ...OwnConversation
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}
fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}
fragment OwnConversation on Conversation {
  ...SharedConversation
  capabilities
  contact {
    state
    requestedBy {
      id
    }
  }
  viewerUnread {
    messages
    mentions
  }
  viewerMembership {
    role
    joinedSeq
    own {
      readSeq
      mutedUntil
      pinOrder
      hidden
    }
  }
  lastMessage {
    ...OwnMessage
  }
  members(first: 2) {
    edges {
      node {
        user {
          ...UserFields
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ConversationsByIdQuery, ConversationsByIdQueryVariables>;
export const ConversationsAsStrangerDocument = new TypedDocumentString(`
    query ConversationsAsStranger($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Conversation {
      ...SharedConversation
      capabilities
      viewerMembership {
        role
      }
    }
  }
}
    fragment SharedConversation on Conversation {
  id
  kind
  title
  topic
  avatarUrl
  metadata
  archivedAt
  memberCount
  createdAt
}`) as unknown as TypedDocumentString<ConversationsAsStrangerQuery, ConversationsAsStrangerQueryVariables>;
export const MessagesDocument = new TypedDocumentString(`
    query Messages($id: ID!, $first: Int, $last: Int, $after: String, $before: String, $around: ID) {
  conversation(id: $id) {
    messages(
      first: $first
      last: $last
      after: $after
      before: $before
      around: $around
    ) {
      edges {
        cursor
        node {
          ...OwnMessage
        }
      }
      pageInfo {
        hasPreviousPage
        hasNextPage
        startCursor
        endCursor
      }
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}
fragment SharedMessage on Message {
  id
  seq
  clientMessageId
  text
  createdAt
  editedAt
  deletedAt
  pinnedAt
  revision
  silent
  urgency
  metadata
  inThread
  alsoInConversation
  author {
    ...UserFields
  }
  mentions {
    kind
    start
    length
    user {
      id
    }
  }
  replyTo {
    id
    text
    deletedAt
    author {
      ...UserFields
    }
  }
  threadRoot {
    id
    thread {
      replyCount
    }
  }
  thread {
    replyCount
  }
  reactions {
    emoji
    count
  }
}
fragment OwnMessage on Message {
  ...SharedMessage
  conversation {
    id
  }
  reactions {
    viewerReacted
  }
}`) as unknown as TypedDocumentString<MessagesQuery, MessagesQueryVariables>;
export const MembersDocument = new TypedDocumentString(`
    query Members($id: ID!, $first: Int!, $after: String) {
  conversation(id: $id) {
    members(first: $first, after: $after) {
      edges {
        node {
          role
          readSeq
          deliveredSeq
          user {
            ...UserFields
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment UserFields on User {
  id
  externalId
  name
  avatarUrl
}`) as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const KnownEventsDocument = new TypedDocumentString(`
    query KnownEvents($ids: [ID!]!) {
  knownEvents(ids: $ids)
}
    `) as unknown as TypedDocumentString<KnownEventsQuery, KnownEventsQueryVariables>;
export const ReportReasonsDocument = new TypedDocumentString(`
    query ReportReasons {
  reportReasons {
    reason
    title
    description
    needsComment
  }
}
    `) as unknown as TypedDocumentString<ReportReasonsQuery, ReportReasonsQueryVariables>;