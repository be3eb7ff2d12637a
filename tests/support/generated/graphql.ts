/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Whom to add to what. */
export type AddMembersInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The conversation. */
  conversationId: string;
  /** Users; who is a member already stays as he is. */
  userIds: Array<string>;
};

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

/** Who may find a conversation. */
export type ConversationVisibility =
  /** Its members. */
  | 'PRIVATE'
  /** Everybody of the tenant; he may join it, too. Only a CHANNEL. */
  | 'PUBLIC';

/** What to begin, and with whom. */
export type CreateConversationInput = {
  /** A picture to show. */
  avatarUrl?: string | null | undefined;
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** What a member sees of the time before his joining; ALL unless given. */
  history?: HistoryVisibility | null | undefined;
  /** What sort of conversation. */
  kind: NewConversationKind;
  /** Users to begin with, besides you. */
  memberIds: Array<string>;
  /** The application’s own details. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Its name. */
  title?: string | null | undefined;
  /** What it is about. */
  topic?: string | null | undefined;
  /** Who may find it; PRIVATE unless given. */
  visibility?: ConversationVisibility | null | undefined;
};

/** For whom, and for how long. */
export type CreateTokenInput = {
  /** The customer’s own id of the user; he is created on first sight. */
  externalId: string;
  /** What he is in the whole tenant; USER unless given. */
  role?: TenantRole | null | undefined;
  /** How long the token is good, from 60 to 86400 seconds. */
  ttlSeconds: number;
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

/** What a member sees of the time before his joining. */
export type HistoryVisibility =
  /** All of it. */
  | 'ALL'
  /** Nothing: neither messages nor what replies quote of them. */
  | 'FROM_JOIN';

/** What to leave. */
export type LeaveConversationInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The conversation. */
  conversationId: string;
};

/** Why somebody is no longer a member. */
export type LeaveReason =
  /** He was banned. */
  | 'BANNED'
  /** He left. */
  | 'LEFT'
  /** He was removed. */
  | 'REMOVED';

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

/** What sort of conversation to begin. */
export type NewConversationKind =
  /** Only owners and managers post. */
  | 'BROADCAST'
  /** Around a subject. */
  | 'CHANNEL'
  /** By invitation. */
  | 'GROUP';

/** With whom. */
export type OpenDirectConversationInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The other user. */
  userId: string;
};

/** Whom to remove from what. */
export type RemoveMemberInput = {
  /** Chosen by the client, and kept by it until the answer: asked again with it, the mutation answers the same and changes nothing. */
  clientMutationId?: string | null | undefined;
  /** The conversation. */
  conversationId: string;
  /** Why, in words that he is told. */
  reason?: string | null | undefined;
  /** The member. */
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

/** What a user is in the whole tenant; it comes from his token. */
export type TenantRole =
  /** Manages the tenant. */
  | 'ADMIN'
  /** Reviews what was reported. */
  | 'MODERATOR'
  /** An ordinary user. */
  | 'USER';

/** Whom to create or change. */
export type UpsertUsersInput = {
  /** The users. */
  users: Array<UserInput>;
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

/** A user as the customer knows him. */
export type UserInput = {
  /** A picture to show. */
  avatarUrl?: string | null | undefined;
  /** The customer’s own id: the `sub` of his tokens. */
  externalId: string;
  /** From when on he is your user: so long ago he is no new account here. Unchanged unless given. */
  knownSince?: string | null | undefined;
  /** The name to show. */
  name: string;
  /** What he is in the whole tenant; unchanged unless given. */
  role?: TenantRole | null | undefined;
};

export type SendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMutation = { sendMessage:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'LimitExceeded', limit: string | null, max: number | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'SendMessagePayload', deduplicated: boolean, message: { id: string, seq: number, text: string, clientMessageId: string, metadata: Record<string, unknown> | null, createdAt: string, author: { externalId: string } | null, replyTo: { id: string, text: string } | null } }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'SlowMode', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type SaidFragment = { id: string, seq: number, text: string, clientMessageId: string, metadata: Record<string, unknown> | null, createdAt: string, author: { externalId: string } | null, replyTo: { id: string, text: string } | null };

type Refused_Forbidden_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

type Refused_IdempotencyConflict_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

type Refused_InvalidInput_Fragment = { path: string | null, code: ErrorCode, explanation: string, retryable: boolean };

type Refused_LimitExceeded_Fragment = { limit: string | null, max: number | null, code: ErrorCode, explanation: string, retryable: boolean };

type Refused_NotFound_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

type Refused_RateLimited_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

type Refused_ServiceUnavailable_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

type Refused_SlowMode_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

type Refused_StaleWrite_Fragment = { code: ErrorCode, explanation: string, retryable: boolean };

export type RefusedFragment =
  | Refused_Forbidden_Fragment
  | Refused_IdempotencyConflict_Fragment
  | Refused_InvalidInput_Fragment
  | Refused_LimitExceeded_Fragment
  | Refused_NotFound_Fragment
  | Refused_RateLimited_Fragment
  | Refused_ServiceUnavailable_Fragment
  | Refused_SlowMode_Fragment
  | Refused_StaleWrite_Fragment
;

export type BeginMutationVariables = Exact<{
  input: CreateConversationInput;
}>;


export type BeginMutation = { createConversation:
    | { __typename: 'CreateConversationPayload', conversation: { id: string, kind: ConversationKind, title: string | null, memberCount: number, createdBy: { externalId: string } | null, viewerMembership: { role: MemberRole, joinedSeq: number } | null, members: { edges: Array<{ node: { role: MemberRole, joinedSeq: number, user: { externalId: string } } }> } } }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'LimitExceeded', limit: string | null, max: number | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type ShownFragment = { id: string, kind: ConversationKind, title: string | null, memberCount: number, createdBy: { externalId: string } | null, viewerMembership: { role: MemberRole, joinedSeq: number } | null, members: { edges: Array<{ node: { role: MemberRole, joinedSeq: number, user: { externalId: string } } }> } };

export type OpenDirectMutationVariables = Exact<{
  input: OpenDirectConversationInput;
}>;


export type OpenDirectMutation = { openDirectConversation:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'OpenDirectConversationPayload', conversation: { id: string, kind: ConversationKind, title: string | null, memberCount: number, createdBy: { externalId: string } | null, viewerMembership: { role: MemberRole, joinedSeq: number } | null, members: { edges: Array<{ node: { role: MemberRole, joinedSeq: number, user: { externalId: string } } }> } } }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type AddMutationVariables = Exact<{
  input: AddMembersInput;
}>;


export type AddMutation = { addMembers:
    | { __typename: 'AddMembersPayload', conversation: { id: string, kind: ConversationKind, title: string | null, memberCount: number, createdBy: { externalId: string } | null, viewerMembership: { role: MemberRole, joinedSeq: number } | null, members: { edges: Array<{ node: { role: MemberRole, joinedSeq: number, user: { externalId: string } } }> } } }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'LimitExceeded', limit: string | null, max: number | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type RemoveMutationVariables = Exact<{
  input: RemoveMemberInput;
}>;


export type RemoveMutation = { removeMember:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'RemoveMemberPayload', conversation: { id: string, kind: ConversationKind, title: string | null, memberCount: number, createdBy: { externalId: string } | null, viewerMembership: { role: MemberRole, joinedSeq: number } | null, members: { edges: Array<{ node: { role: MemberRole, joinedSeq: number, user: { externalId: string } } }> } } }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type LeaveMutationVariables = Exact<{
  input: LeaveConversationInput;
}>;


export type LeaveMutation = { leaveConversation:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'IdempotencyConflict', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'LeaveConversationPayload', conversationId: string }
    | { __typename: 'NotFound', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'RateLimited', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type ArriveMutationVariables = Exact<{
  users: UpsertUsersInput;
  token: CreateTokenInput;
}>;


export type ArriveMutation = { upsertUsers:
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'LimitExceeded', limit: string | null, max: number | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'UpsertUsersPayload', users: Array<{ id: string, externalId: string, name: string }> }
  , createToken:
    | { __typename: 'CreateTokenPayload', token: string, expiresAt: string }
    | { __typename: 'Forbidden', code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'InvalidInput', path: string | null, code: ErrorCode, explanation: string, retryable: boolean }
    | { __typename: 'ServiceUnavailable', code: ErrorCode, explanation: string, retryable: boolean }
   };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { tokenExpiresAt: string, user: { id: string, externalId: string, name: string, role: TenantRole } } };

export type ConversationQueryVariables = Exact<{
  id: string;
}>;


export type ConversationQuery = { conversation: { id: string, kind: ConversationKind, title: string | null, memberCount: number, createdBy: { externalId: string } | null, viewerMembership: { role: MemberRole, joinedSeq: number } | null, members: { edges: Array<{ node: { role: MemberRole, joinedSeq: number, user: { externalId: string } } }> } } | null };

export type ConversationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ConversationsQuery = { conversations: { edges: Array<{ cursor: string, node: { id: string, title: string | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type PageFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type HistoryQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  around?: string | null | undefined;
}>;


export type HistoryQuery = { conversation: { messages: { edges: Array<{ cursor: string, node: { id: string, seq: number, text: string, clientMessageId: string, metadata: Record<string, unknown> | null, createdAt: string, author: { externalId: string } | null, replyTo: { id: string, text: string } | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type ListenSubscriptionVariables = Exact<{
  conversationId: string;
  after?: string | null | undefined;
}>;


export type ListenSubscription = { conversationEvents:
    | { __typename: 'AccessRevoked', conversationId: string, cursor: string }
    | { __typename: 'ContactAccepted', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationArchived', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationUnarchived', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationUpdated', id: string, seq: number, changed: Array<string>, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MemberJoined', id: string, seq: number, role: MemberRole, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } }
    | { __typename: 'MemberLeft', id: string, seq: number, reason: LeaveReason, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } }
    | { __typename: 'MemberRoleChanged', id: string, seq: number, role: MemberRole, previousRole: MemberRole, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } }
    | { __typename: 'MemberTimedOut', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MessageDeleted', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string } | null }
    | { __typename: 'MessageEdited', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string } | null }
    | { __typename: 'MessagePinned', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MessageSent', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string, author: { externalId: string } | null } | null }
    | { __typename: 'MessageUnpinned', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReactionAdded', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReactionRemoved', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReceiptsAdvanced', cursor: string }
    | { __typename: 'ResyncRequired', cursor: string }
    | { __typename: 'Subscribed', cursor: string }
   };

type Heard_AccessRevoked_Fragment = { __typename: 'AccessRevoked', conversationId: string, cursor: string };

type Heard_AccountUpdated_Fragment = { __typename: 'AccountUpdated', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

type Heard_ContactAccepted_Fragment = { __typename: 'ContactAccepted', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ContactDeclined_Fragment = { __typename: 'ContactDeclined', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

type Heard_ConversationArchived_Fragment = { __typename: 'ConversationArchived', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ConversationJoined_Fragment = { __typename: 'ConversationJoined', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ConversationLeft_Fragment = { __typename: 'ConversationLeft', id: string, seq: number, conversationId: string, reason: LeaveReason, cursor: string, actor: { externalId: string } | null };

type Heard_ConversationUnarchived_Fragment = { __typename: 'ConversationUnarchived', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ConversationUpdated_Fragment = { __typename: 'ConversationUpdated', id: string, seq: number, changed: Array<string>, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_MemberJoined_Fragment = { __typename: 'MemberJoined', id: string, seq: number, role: MemberRole, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } };

type Heard_MemberLeft_Fragment = { __typename: 'MemberLeft', id: string, seq: number, reason: LeaveReason, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } };

type Heard_MemberRoleChanged_Fragment = { __typename: 'MemberRoleChanged', id: string, seq: number, role: MemberRole, previousRole: MemberRole, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } };

type Heard_MemberTimedOut_Fragment = { __typename: 'MemberTimedOut', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_MembershipUpdated_Fragment = { __typename: 'MembershipUpdated', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_MessageDeleted_Fragment = { __typename: 'MessageDeleted', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string } | null };

type Heard_MessageEdited_Fragment = { __typename: 'MessageEdited', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string } | null };

type Heard_MessageHidden_Fragment = { __typename: 'MessageHidden', id: string, seq: number, conversationId: string, messageId: string, cursor: string, actor: { externalId: string } | null };

type Heard_MessagePinned_Fragment = { __typename: 'MessagePinned', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_MessageSent_Fragment = { __typename: 'MessageSent', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string, author: { externalId: string } | null } | null };

type Heard_MessageUnpinned_Fragment = { __typename: 'MessageUnpinned', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ReactionAdded_Fragment = { __typename: 'ReactionAdded', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ReactionRemoved_Fragment = { __typename: 'ReactionRemoved', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ReadMarked_Fragment = { __typename: 'ReadMarked', id: string, seq: number, readSeq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } };

type Heard_ReceiptsAdvanced_Fragment = { __typename: 'ReceiptsAdvanced', cursor: string };

type Heard_Restricted_Fragment = { __typename: 'Restricted', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

type Heard_ResyncRequired_Fragment = { __typename: 'ResyncRequired', cursor: string };

type Heard_ScheduledMessageChanged_Fragment = { __typename: 'ScheduledMessageChanged', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

type Heard_SignedOut_Fragment = { __typename: 'SignedOut', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

type Heard_Subscribed_Fragment = { __typename: 'Subscribed', cursor: string };

type Heard_ThreadFollowed_Fragment = { __typename: 'ThreadFollowed', id: string, seq: number, conversationId: string, threadId: string, following: boolean, cursor: string, actor: { externalId: string } | null };

type Heard_UserBlocked_Fragment = { __typename: 'UserBlocked', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

type Heard_UserMuted_Fragment = { __typename: 'UserMuted', id: string, seq: number, cursor: string, actor: { externalId: string } | null };

export type HeardFragment =
  | Heard_AccessRevoked_Fragment
  | Heard_AccountUpdated_Fragment
  | Heard_ContactAccepted_Fragment
  | Heard_ContactDeclined_Fragment
  | Heard_ConversationArchived_Fragment
  | Heard_ConversationJoined_Fragment
  | Heard_ConversationLeft_Fragment
  | Heard_ConversationUnarchived_Fragment
  | Heard_ConversationUpdated_Fragment
  | Heard_MemberJoined_Fragment
  | Heard_MemberLeft_Fragment
  | Heard_MemberRoleChanged_Fragment
  | Heard_MemberTimedOut_Fragment
  | Heard_MembershipUpdated_Fragment
  | Heard_MessageDeleted_Fragment
  | Heard_MessageEdited_Fragment
  | Heard_MessageHidden_Fragment
  | Heard_MessagePinned_Fragment
  | Heard_MessageSent_Fragment
  | Heard_MessageUnpinned_Fragment
  | Heard_ReactionAdded_Fragment
  | Heard_ReactionRemoved_Fragment
  | Heard_ReadMarked_Fragment
  | Heard_ReceiptsAdvanced_Fragment
  | Heard_Restricted_Fragment
  | Heard_ResyncRequired_Fragment
  | Heard_ScheduledMessageChanged_Fragment
  | Heard_SignedOut_Fragment
  | Heard_Subscribed_Fragment
  | Heard_ThreadFollowed_Fragment
  | Heard_UserBlocked_Fragment
  | Heard_UserMuted_Fragment
;

export type FeedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FeedSubscription = { feed:
    | { __typename: 'AccessRevoked', conversationId: string, cursor: string }
    | { __typename: 'AccountUpdated', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'ContactAccepted', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ContactDeclined', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'ConversationArchived', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationJoined', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationLeft', id: string, seq: number, conversationId: string, reason: LeaveReason, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'ConversationUnarchived', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ConversationUpdated', id: string, seq: number, changed: Array<string>, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MemberJoined', id: string, seq: number, role: MemberRole, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } }
    | { __typename: 'MemberLeft', id: string, seq: number, reason: LeaveReason, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } }
    | { __typename: 'MemberRoleChanged', id: string, seq: number, role: MemberRole, previousRole: MemberRole, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, user: { externalId: string } }
    | { __typename: 'MemberTimedOut', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MembershipUpdated', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MessageDeleted', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string } | null }
    | { __typename: 'MessageEdited', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string } | null }
    | { __typename: 'MessageHidden', id: string, seq: number, conversationId: string, messageId: string, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'MessagePinned', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'MessageSent', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string }, message: { id: string, text: string, author: { externalId: string } | null } | null }
    | { __typename: 'MessageUnpinned', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReactionAdded', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReactionRemoved', id: string, seq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReadMarked', id: string, seq: number, readSeq: number, cursor: string, actor: { externalId: string } | null, conversation: { id: string } }
    | { __typename: 'ReceiptsAdvanced', cursor: string }
    | { __typename: 'Restricted', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'ResyncRequired', cursor: string }
    | { __typename: 'ScheduledMessageChanged', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'SignedOut', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'Subscribed', cursor: string }
    | { __typename: 'ThreadFollowed', id: string, seq: number, conversationId: string, threadId: string, following: boolean, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'UserBlocked', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
    | { __typename: 'UserMuted', id: string, seq: number, cursor: string, actor: { externalId: string } | null }
   };

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
export const SaidFragmentDoc = new TypedDocumentString(`
    fragment Said on Message {
  id
  seq
  text
  clientMessageId
  metadata
  createdAt
  author {
    externalId
  }
  replyTo {
    id
    text
  }
}
    `, {"fragmentName":"Said"}) as unknown as TypedDocumentString<SaidFragment, unknown>;
export const RefusedFragmentDoc = new TypedDocumentString(`
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}
    `, {"fragmentName":"Refused"}) as unknown as TypedDocumentString<RefusedFragment, unknown>;
export const ShownFragmentDoc = new TypedDocumentString(`
    fragment Shown on Conversation {
  id
  kind
  title
  memberCount
  createdBy {
    externalId
  }
  viewerMembership {
    role
    joinedSeq
  }
  members(first: 100) {
    edges {
      node {
        role
        joinedSeq
        user {
          externalId
        }
      }
    }
  }
}
    `, {"fragmentName":"Shown"}) as unknown as TypedDocumentString<ShownFragment, unknown>;
export const PageFragmentDoc = new TypedDocumentString(`
    fragment Page on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
    `, {"fragmentName":"Page"}) as unknown as TypedDocumentString<PageFragment, unknown>;
export const HeardFragmentDoc = new TypedDocumentString(`
    fragment Heard on FeedEvent {
  __typename
  cursor
  ... on LogEvent {
    id
    seq
    actor {
      externalId
    }
  }
  ... on ConversationLogEvent {
    conversation {
      id
    }
  }
  ... on MessageSent {
    message {
      id
      text
      author {
        externalId
      }
    }
  }
  ... on MessageEdited {
    message {
      id
      text
    }
  }
  ... on MessageDeleted {
    message {
      id
      text
    }
  }
  ... on MemberJoined {
    role
    user {
      externalId
    }
  }
  ... on MemberLeft {
    reason
    user {
      externalId
    }
  }
  ... on MemberRoleChanged {
    role
    previousRole
    user {
      externalId
    }
  }
  ... on ConversationUpdated {
    changed
  }
  ... on ConversationJoined {
    conversation {
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
  }
  ... on MessageHidden {
    conversationId
    messageId
  }
  ... on ThreadFollowed {
    conversationId
    threadId
    following
  }
  ... on ConversationLeft {
    conversationId
    reason
  }
  ... on AccessRevoked {
    conversationId
  }
}
    `, {"fragmentName":"Heard"}) as unknown as TypedDocumentString<HeardFragment, unknown>;
export const SendDocument = new TypedDocumentString(`
    mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      deduplicated
      message {
        ...Said
      }
    }
    ...Refused
  }
}
    fragment Said on Message {
  id
  seq
  text
  clientMessageId
  metadata
  createdAt
  author {
    externalId
  }
  replyTo {
    id
    text
  }
}
fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}`) as unknown as TypedDocumentString<SendMutation, SendMutationVariables>;
export const BeginDocument = new TypedDocumentString(`
    mutation Begin($input: CreateConversationInput!) {
  createConversation(input: $input) {
    __typename
    ... on CreateConversationPayload {
      conversation {
        ...Shown
      }
    }
    ...Refused
  }
}
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}
fragment Shown on Conversation {
  id
  kind
  title
  memberCount
  createdBy {
    externalId
  }
  viewerMembership {
    role
    joinedSeq
  }
  members(first: 100) {
    edges {
      node {
        role
        joinedSeq
        user {
          externalId
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<BeginMutation, BeginMutationVariables>;
export const OpenDirectDocument = new TypedDocumentString(`
    mutation OpenDirect($input: OpenDirectConversationInput!) {
  openDirectConversation(input: $input) {
    __typename
    ... on OpenDirectConversationPayload {
      conversation {
        ...Shown
      }
    }
    ...Refused
  }
}
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}
fragment Shown on Conversation {
  id
  kind
  title
  memberCount
  createdBy {
    externalId
  }
  viewerMembership {
    role
    joinedSeq
  }
  members(first: 100) {
    edges {
      node {
        role
        joinedSeq
        user {
          externalId
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<OpenDirectMutation, OpenDirectMutationVariables>;
export const AddDocument = new TypedDocumentString(`
    mutation Add($input: AddMembersInput!) {
  addMembers(input: $input) {
    __typename
    ... on AddMembersPayload {
      conversation {
        ...Shown
      }
    }
    ...Refused
  }
}
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}
fragment Shown on Conversation {
  id
  kind
  title
  memberCount
  createdBy {
    externalId
  }
  viewerMembership {
    role
    joinedSeq
  }
  members(first: 100) {
    edges {
      node {
        role
        joinedSeq
        user {
          externalId
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<AddMutation, AddMutationVariables>;
export const RemoveDocument = new TypedDocumentString(`
    mutation Remove($input: RemoveMemberInput!) {
  removeMember(input: $input) {
    __typename
    ... on RemoveMemberPayload {
      conversation {
        ...Shown
      }
    }
    ...Refused
  }
}
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}
fragment Shown on Conversation {
  id
  kind
  title
  memberCount
  createdBy {
    externalId
  }
  viewerMembership {
    role
    joinedSeq
  }
  members(first: 100) {
    edges {
      node {
        role
        joinedSeq
        user {
          externalId
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<RemoveMutation, RemoveMutationVariables>;
export const LeaveDocument = new TypedDocumentString(`
    mutation Leave($input: LeaveConversationInput!) {
  leaveConversation(input: $input) {
    __typename
    ... on LeaveConversationPayload {
      conversationId
    }
    ...Refused
  }
}
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}`) as unknown as TypedDocumentString<LeaveMutation, LeaveMutationVariables>;
export const ArriveDocument = new TypedDocumentString(`
    mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {
  upsertUsers(input: $users) {
    __typename
    ... on UpsertUsersPayload {
      users {
        id
        externalId
        name
      }
    }
    ...Refused
  }
  createToken(input: $token) {
    __typename
    ... on CreateTokenPayload {
      token
      expiresAt
    }
    ...Refused
  }
}
    fragment Refused on ChatError {
  code
  explanation
  retryable
  ... on InvalidInput {
    path
  }
  ... on LimitExceeded {
    limit
    max
  }
}`) as unknown as TypedDocumentString<ArriveMutation, ArriveMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    tokenExpiresAt
    user {
      id
      externalId
      name
      role
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const ConversationDocument = new TypedDocumentString(`
    query Conversation($id: ID!) {
  conversation(id: $id) {
    ...Shown
  }
}
    fragment Shown on Conversation {
  id
  kind
  title
  memberCount
  createdBy {
    externalId
  }
  viewerMembership {
    role
    joinedSeq
  }
  members(first: 100) {
    edges {
      node {
        role
        joinedSeq
        user {
          externalId
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const ConversationsDocument = new TypedDocumentString(`
    query Conversations($first: Int, $after: String, $last: Int, $before: String) {
  conversations(first: $first, after: $after, last: $last, before: $before) {
    edges {
      cursor
      node {
        id
        title
      }
    }
    pageInfo {
      ...Page
    }
  }
}
    fragment Page on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const HistoryDocument = new TypedDocumentString(`
    query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {
  conversation(id: $id) {
    messages(
      first: $first
      after: $after
      last: $last
      before: $before
      around: $around
    ) {
      edges {
        cursor
        node {
          ...Said
        }
      }
      pageInfo {
        ...Page
      }
    }
  }
}
    fragment Said on Message {
  id
  seq
  text
  clientMessageId
  metadata
  createdAt
  author {
    externalId
  }
  replyTo {
    id
    text
  }
}
fragment Page on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`) as unknown as TypedDocumentString<HistoryQuery, HistoryQueryVariables>;
export const ListenDocument = new TypedDocumentString(`
    subscription Listen($conversationId: ID!, $after: String) {
  conversationEvents(conversationId: $conversationId, after: $after) {
    ...Heard
  }
}
    fragment Heard on FeedEvent {
  __typename
  cursor
  ... on LogEvent {
    id
    seq
    actor {
      externalId
    }
  }
  ... on ConversationLogEvent {
    conversation {
      id
    }
  }
  ... on MessageSent {
    message {
      id
      text
      author {
        externalId
      }
    }
  }
  ... on MessageEdited {
    message {
      id
      text
    }
  }
  ... on MessageDeleted {
    message {
      id
      text
    }
  }
  ... on MemberJoined {
    role
    user {
      externalId
    }
  }
  ... on MemberLeft {
    reason
    user {
      externalId
    }
  }
  ... on MemberRoleChanged {
    role
    previousRole
    user {
      externalId
    }
  }
  ... on ConversationUpdated {
    changed
  }
  ... on ConversationJoined {
    conversation {
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
  }
  ... on MessageHidden {
    conversationId
    messageId
  }
  ... on ThreadFollowed {
    conversationId
    threadId
    following
  }
  ... on ConversationLeft {
    conversationId
    reason
  }
  ... on AccessRevoked {
    conversationId
  }
}`) as unknown as TypedDocumentString<ListenSubscription, ListenSubscriptionVariables>;
export const FeedDocument = new TypedDocumentString(`
    subscription Feed($after: String) {
  feed(after: $after) {
    ...Heard
  }
}
    fragment Heard on FeedEvent {
  __typename
  cursor
  ... on LogEvent {
    id
    seq
    actor {
      externalId
    }
  }
  ... on ConversationLogEvent {
    conversation {
      id
    }
  }
  ... on MessageSent {
    message {
      id
      text
      author {
        externalId
      }
    }
  }
  ... on MessageEdited {
    message {
      id
      text
    }
  }
  ... on MessageDeleted {
    message {
      id
      text
    }
  }
  ... on MemberJoined {
    role
    user {
      externalId
    }
  }
  ... on MemberLeft {
    reason
    user {
      externalId
    }
  }
  ... on MemberRoleChanged {
    role
    previousRole
    user {
      externalId
    }
  }
  ... on ConversationUpdated {
    changed
  }
  ... on ConversationJoined {
    conversation {
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
  }
  ... on MessageHidden {
    conversationId
    messageId
  }
  ... on ThreadFollowed {
    conversationId
    threadId
    following
  }
  ... on ConversationLeft {
    conversationId
    reason
  }
  ... on AccessRevoked {
    conversationId
  }
}`) as unknown as TypedDocumentString<FeedSubscription, FeedSubscriptionVariables>;