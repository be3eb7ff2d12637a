/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation Send($input: SendMessageInput!) {\n    sendMessage(input: $input) { __typename ... on SendMessagePayload { deduplicated message { ...Said } } ...Refused }\n  }\n  fragment Said on Message {\n    id seq text clientMessageId metadata createdAt\n    author { externalId }\n    replyTo { id text }\n  }\n  fragment Refused on ChatError {\n    code explanation retryable\n    ... on InvalidInput { path }\n    ... on LimitExceeded { limit max }\n  }\n": typeof types.SendDocument,
    "\n  mutation Begin($input: CreateConversationInput!) {\n    createConversation(input: $input) { __typename ... on CreateConversationPayload { conversation { ...Shown } } ...Refused }\n  }\n  fragment Shown on Conversation {\n    id kind title memberCount\n    createdBy { externalId }\n    viewerMembership { role joinedSeq }\n    members(first: 100) { edges { node { role joinedSeq user { externalId } } } }\n  }\n": typeof types.BeginDocument,
    "\n  mutation OpenDirect($input: OpenDirectConversationInput!) {\n    openDirectConversation(input: $input) { __typename ... on OpenDirectConversationPayload { conversation { ...Shown } } ...Refused }\n  }\n": typeof types.OpenDirectDocument,
    "\n  mutation Add($input: AddMembersInput!) {\n    addMembers(input: $input) { __typename ... on AddMembersPayload { conversation { ...Shown } } ...Refused }\n  }\n": typeof types.AddDocument,
    "\n  mutation Remove($input: RemoveMemberInput!) {\n    removeMember(input: $input) { __typename ... on RemoveMemberPayload { conversation { ...Shown } } ...Refused }\n  }\n": typeof types.RemoveDocument,
    "\n  mutation Leave($input: LeaveConversationInput!) {\n    leaveConversation(input: $input) { __typename ... on LeaveConversationPayload { conversationId } ...Refused }\n  }\n": typeof types.LeaveDocument,
    "\n  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {\n    upsertUsers(input: $users) { __typename ... on UpsertUsersPayload { users { id externalId name } } ...Refused }\n    createToken(input: $token) { __typename ... on CreateTokenPayload { token expiresAt } ...Refused }\n  }\n": typeof types.ArriveDocument,
    "\n  query Viewer { viewer { tokenExpiresAt user { id externalId name role } } }\n": typeof types.ViewerDocument,
    "\n  query Conversation($id: ID!) { conversation(id: $id) { ...Shown } }\n": typeof types.ConversationDocument,
    "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id title } }\n      pageInfo { ...Page }\n    }\n  }\n  fragment Page on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n": typeof types.ConversationsDocument,
    "\n  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {\n    conversation(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {\n        edges { cursor node { ...Said } }\n        pageInfo { ...Page }\n      }\n    }\n  }\n": typeof types.HistoryDocument,
    "\n  subscription Listen($conversationId: ID!, $after: String) {\n    conversationEvents(conversationId: $conversationId, after: $after) { ...Heard }\n  }\n  fragment Heard on FeedEvent {\n    __typename cursor\n    ... on LogEvent { id seq actor { externalId } }\n    ... on ConversationLogEvent { conversation { id } }\n    ... on MessageSent { message { id text author { externalId } } }\n    ... on MessageEdited { message { id text } }\n    ... on MessageDeleted { message { id text } }\n    ... on MemberJoined { role user { externalId } }\n    ... on MemberLeft { reason user { externalId } }\n    ... on MemberRoleChanged { role previousRole user { externalId } }\n    ... on ConversationUpdated { changed }\n    ... on ConversationJoined { conversation { id } }\n    ... on MembershipUpdated { conversation { id } }\n    ... on ReadMarked { conversation { id } readSeq }\n    ... on MessageHidden { conversationId messageId }\n    ... on ThreadFollowed { conversationId threadId following }\n    ... on ConversationLeft { conversationId reason }\n    ... on AccessRevoked { conversationId }\n  }\n": typeof types.ListenDocument,
    "\n  subscription Feed($after: String) { feed(after: $after) { ...Heard } }\n": typeof types.FeedDocument,
};
const documents: Documents = {
    "\n  mutation Send($input: SendMessageInput!) {\n    sendMessage(input: $input) { __typename ... on SendMessagePayload { deduplicated message { ...Said } } ...Refused }\n  }\n  fragment Said on Message {\n    id seq text clientMessageId metadata createdAt\n    author { externalId }\n    replyTo { id text }\n  }\n  fragment Refused on ChatError {\n    code explanation retryable\n    ... on InvalidInput { path }\n    ... on LimitExceeded { limit max }\n  }\n": types.SendDocument,
    "\n  mutation Begin($input: CreateConversationInput!) {\n    createConversation(input: $input) { __typename ... on CreateConversationPayload { conversation { ...Shown } } ...Refused }\n  }\n  fragment Shown on Conversation {\n    id kind title memberCount\n    createdBy { externalId }\n    viewerMembership { role joinedSeq }\n    members(first: 100) { edges { node { role joinedSeq user { externalId } } } }\n  }\n": types.BeginDocument,
    "\n  mutation OpenDirect($input: OpenDirectConversationInput!) {\n    openDirectConversation(input: $input) { __typename ... on OpenDirectConversationPayload { conversation { ...Shown } } ...Refused }\n  }\n": types.OpenDirectDocument,
    "\n  mutation Add($input: AddMembersInput!) {\n    addMembers(input: $input) { __typename ... on AddMembersPayload { conversation { ...Shown } } ...Refused }\n  }\n": types.AddDocument,
    "\n  mutation Remove($input: RemoveMemberInput!) {\n    removeMember(input: $input) { __typename ... on RemoveMemberPayload { conversation { ...Shown } } ...Refused }\n  }\n": types.RemoveDocument,
    "\n  mutation Leave($input: LeaveConversationInput!) {\n    leaveConversation(input: $input) { __typename ... on LeaveConversationPayload { conversationId } ...Refused }\n  }\n": types.LeaveDocument,
    "\n  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {\n    upsertUsers(input: $users) { __typename ... on UpsertUsersPayload { users { id externalId name } } ...Refused }\n    createToken(input: $token) { __typename ... on CreateTokenPayload { token expiresAt } ...Refused }\n  }\n": types.ArriveDocument,
    "\n  query Viewer { viewer { tokenExpiresAt user { id externalId name role } } }\n": types.ViewerDocument,
    "\n  query Conversation($id: ID!) { conversation(id: $id) { ...Shown } }\n": types.ConversationDocument,
    "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id title } }\n      pageInfo { ...Page }\n    }\n  }\n  fragment Page on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n": types.ConversationsDocument,
    "\n  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {\n    conversation(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {\n        edges { cursor node { ...Said } }\n        pageInfo { ...Page }\n      }\n    }\n  }\n": types.HistoryDocument,
    "\n  subscription Listen($conversationId: ID!, $after: String) {\n    conversationEvents(conversationId: $conversationId, after: $after) { ...Heard }\n  }\n  fragment Heard on FeedEvent {\n    __typename cursor\n    ... on LogEvent { id seq actor { externalId } }\n    ... on ConversationLogEvent { conversation { id } }\n    ... on MessageSent { message { id text author { externalId } } }\n    ... on MessageEdited { message { id text } }\n    ... on MessageDeleted { message { id text } }\n    ... on MemberJoined { role user { externalId } }\n    ... on MemberLeft { reason user { externalId } }\n    ... on MemberRoleChanged { role previousRole user { externalId } }\n    ... on ConversationUpdated { changed }\n    ... on ConversationJoined { conversation { id } }\n    ... on MembershipUpdated { conversation { id } }\n    ... on ReadMarked { conversation { id } readSeq }\n    ... on MessageHidden { conversationId messageId }\n    ... on ThreadFollowed { conversationId threadId following }\n    ... on ConversationLeft { conversationId reason }\n    ... on AccessRevoked { conversationId }\n  }\n": types.ListenDocument,
    "\n  subscription Feed($after: String) { feed(after: $after) { ...Heard } }\n": types.FeedDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Send($input: SendMessageInput!) {\n    sendMessage(input: $input) { __typename ... on SendMessagePayload { deduplicated message { ...Said } } ...Refused }\n  }\n  fragment Said on Message {\n    id seq text clientMessageId metadata createdAt\n    author { externalId }\n    replyTo { id text }\n  }\n  fragment Refused on ChatError {\n    code explanation retryable\n    ... on InvalidInput { path }\n    ... on LimitExceeded { limit max }\n  }\n"): typeof import('./graphql.ts').SendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Begin($input: CreateConversationInput!) {\n    createConversation(input: $input) { __typename ... on CreateConversationPayload { conversation { ...Shown } } ...Refused }\n  }\n  fragment Shown on Conversation {\n    id kind title memberCount\n    createdBy { externalId }\n    viewerMembership { role joinedSeq }\n    members(first: 100) { edges { node { role joinedSeq user { externalId } } } }\n  }\n"): typeof import('./graphql.ts').BeginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenDirect($input: OpenDirectConversationInput!) {\n    openDirectConversation(input: $input) { __typename ... on OpenDirectConversationPayload { conversation { ...Shown } } ...Refused }\n  }\n"): typeof import('./graphql.ts').OpenDirectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Add($input: AddMembersInput!) {\n    addMembers(input: $input) { __typename ... on AddMembersPayload { conversation { ...Shown } } ...Refused }\n  }\n"): typeof import('./graphql.ts').AddDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Remove($input: RemoveMemberInput!) {\n    removeMember(input: $input) { __typename ... on RemoveMemberPayload { conversation { ...Shown } } ...Refused }\n  }\n"): typeof import('./graphql.ts').RemoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Leave($input: LeaveConversationInput!) {\n    leaveConversation(input: $input) { __typename ... on LeaveConversationPayload { conversationId } ...Refused }\n  }\n"): typeof import('./graphql.ts').LeaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {\n    upsertUsers(input: $users) { __typename ... on UpsertUsersPayload { users { id externalId name } } ...Refused }\n    createToken(input: $token) { __typename ... on CreateTokenPayload { token expiresAt } ...Refused }\n  }\n"): typeof import('./graphql.ts').ArriveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer { viewer { tokenExpiresAt user { id externalId name role } } }\n"): typeof import('./graphql.ts').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversation($id: ID!) { conversation(id: $id) { ...Shown } }\n"): typeof import('./graphql.ts').ConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges { cursor node { id title } }\n      pageInfo { ...Page }\n    }\n  }\n  fragment Page on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n"): typeof import('./graphql.ts').ConversationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {\n    conversation(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {\n        edges { cursor node { ...Said } }\n        pageInfo { ...Page }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').HistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Listen($conversationId: ID!, $after: String) {\n    conversationEvents(conversationId: $conversationId, after: $after) { ...Heard }\n  }\n  fragment Heard on FeedEvent {\n    __typename cursor\n    ... on LogEvent { id seq actor { externalId } }\n    ... on ConversationLogEvent { conversation { id } }\n    ... on MessageSent { message { id text author { externalId } } }\n    ... on MessageEdited { message { id text } }\n    ... on MessageDeleted { message { id text } }\n    ... on MemberJoined { role user { externalId } }\n    ... on MemberLeft { reason user { externalId } }\n    ... on MemberRoleChanged { role previousRole user { externalId } }\n    ... on ConversationUpdated { changed }\n    ... on ConversationJoined { conversation { id } }\n    ... on MembershipUpdated { conversation { id } }\n    ... on ReadMarked { conversation { id } readSeq }\n    ... on MessageHidden { conversationId messageId }\n    ... on ThreadFollowed { conversationId threadId following }\n    ... on ConversationLeft { conversationId reason }\n    ... on AccessRevoked { conversationId }\n  }\n"): typeof import('./graphql.ts').ListenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Feed($after: String) { feed(after: $after) { ...Heard } }\n"): typeof import('./graphql.ts').FeedDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
