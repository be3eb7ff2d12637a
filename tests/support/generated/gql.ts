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
    "\n  mutation Send($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload {\n        deduplicated\n        message {\n          ...Said\n        }\n      }\n      ...Refused\n    }\n  }\n  fragment Said on Message {\n    id\n    seq\n    text\n    clientMessageId\n    metadata\n    createdAt\n    author {\n      externalId\n    }\n    replyTo {\n      id\n      text\n    }\n  }\n  fragment Refused on ChatError {\n    code\n    explanation\n    retryable\n    ... on InvalidInput {\n      path\n    }\n    ... on LimitExceeded {\n      limit\n      max\n    }\n  }\n": typeof types.SendDocument,
    "\n  mutation Begin($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      __typename\n      ... on CreateConversationPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n  fragment Shown on Conversation {\n    id\n    kind\n    title\n    memberCount\n    createdBy {\n      externalId\n    }\n    viewerMembership {\n      role\n      joinedSeq\n    }\n    members(first: 100) {\n      edges {\n        node {\n          role\n          joinedSeq\n          user {\n            externalId\n          }\n        }\n      }\n    }\n  }\n": typeof types.BeginDocument,
    "\n  mutation OpenDirect($input: OpenDirectConversationInput!) {\n    openDirectConversation(input: $input) {\n      __typename\n      ... on OpenDirectConversationPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n": typeof types.OpenDirectDocument,
    "\n  mutation Add($input: AddMembersInput!) {\n    addMembers(input: $input) {\n      __typename\n      ... on AddMembersPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n": typeof types.AddDocument,
    "\n  mutation Remove($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      __typename\n      ... on RemoveMemberPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n": typeof types.RemoveDocument,
    "\n  mutation Leave($input: LeaveConversationInput!) {\n    leaveConversation(input: $input) {\n      __typename\n      ... on LeaveConversationPayload {\n        conversationId\n      }\n      ...Refused\n    }\n  }\n": typeof types.LeaveDocument,
    "\n  query Viewer {\n    viewer {\n      tokenExpiresAt\n      user {\n        id\n        externalId\n        name\n        role\n      }\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Conversation($id: ID!) {\n    conversation(id: $id) {\n      ...Shown\n    }\n  }\n": typeof types.ConversationDocument,
    "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges {\n        cursor\n        node {\n          id\n          title\n        }\n      }\n      pageInfo {\n        ...Page\n      }\n    }\n  }\n  fragment Page on PageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n": typeof types.ConversationsDocument,
    "\n  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {\n    conversation(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {\n        edges {\n          cursor\n          node {\n            ...Said\n          }\n        }\n        pageInfo {\n          ...Page\n        }\n      }\n    }\n  }\n": typeof types.HistoryDocument,
    "\n  subscription Listen($conversationId: ID!, $after: String) {\n    conversationEvents(conversationId: $conversationId, after: $after) {\n      ...Heard\n    }\n  }\n  fragment Heard on FeedEvent {\n    __typename\n    cursor\n    ... on LogEvent {\n      id\n      seq\n      actor {\n        externalId\n      }\n    }\n    ... on MessageSent {\n      conversation {\n        id\n      }\n      message {\n        id\n        text\n        author {\n          externalId\n        }\n      }\n    }\n    ... on MemberJoined {\n      conversation {\n        id\n      }\n      role\n      user {\n        externalId\n      }\n    }\n    ... on MemberLeft {\n      conversation {\n        id\n      }\n      reason\n      user {\n        externalId\n      }\n    }\n    ... on ConversationJoined {\n      conversation {\n        id\n      }\n    }\n    ... on ConversationLeft {\n      conversationId\n      reason\n    }\n    ... on AccessRevoked {\n      conversationId\n    }\n  }\n": typeof types.ListenDocument,
    "\n  subscription Feed($after: String) {\n    feed(after: $after) {\n      ...Heard\n    }\n  }\n": typeof types.FeedDocument,
    "\n  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {\n    upsertUsers(input: $users) {\n      __typename\n      ... on UpsertUsersPayload {\n        users {\n          id\n          externalId\n          name\n        }\n      }\n      ...Refused\n    }\n    createToken(input: $token) {\n      __typename\n      ... on CreateTokenPayload {\n        token\n        expiresAt\n      }\n      ...Refused\n    }\n  }\n": typeof types.ArriveDocument,
};
const documents: Documents = {
    "\n  mutation Send($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload {\n        deduplicated\n        message {\n          ...Said\n        }\n      }\n      ...Refused\n    }\n  }\n  fragment Said on Message {\n    id\n    seq\n    text\n    clientMessageId\n    metadata\n    createdAt\n    author {\n      externalId\n    }\n    replyTo {\n      id\n      text\n    }\n  }\n  fragment Refused on ChatError {\n    code\n    explanation\n    retryable\n    ... on InvalidInput {\n      path\n    }\n    ... on LimitExceeded {\n      limit\n      max\n    }\n  }\n": types.SendDocument,
    "\n  mutation Begin($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      __typename\n      ... on CreateConversationPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n  fragment Shown on Conversation {\n    id\n    kind\n    title\n    memberCount\n    createdBy {\n      externalId\n    }\n    viewerMembership {\n      role\n      joinedSeq\n    }\n    members(first: 100) {\n      edges {\n        node {\n          role\n          joinedSeq\n          user {\n            externalId\n          }\n        }\n      }\n    }\n  }\n": types.BeginDocument,
    "\n  mutation OpenDirect($input: OpenDirectConversationInput!) {\n    openDirectConversation(input: $input) {\n      __typename\n      ... on OpenDirectConversationPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n": types.OpenDirectDocument,
    "\n  mutation Add($input: AddMembersInput!) {\n    addMembers(input: $input) {\n      __typename\n      ... on AddMembersPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n": types.AddDocument,
    "\n  mutation Remove($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      __typename\n      ... on RemoveMemberPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n": types.RemoveDocument,
    "\n  mutation Leave($input: LeaveConversationInput!) {\n    leaveConversation(input: $input) {\n      __typename\n      ... on LeaveConversationPayload {\n        conversationId\n      }\n      ...Refused\n    }\n  }\n": types.LeaveDocument,
    "\n  query Viewer {\n    viewer {\n      tokenExpiresAt\n      user {\n        id\n        externalId\n        name\n        role\n      }\n    }\n  }\n": types.ViewerDocument,
    "\n  query Conversation($id: ID!) {\n    conversation(id: $id) {\n      ...Shown\n    }\n  }\n": types.ConversationDocument,
    "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges {\n        cursor\n        node {\n          id\n          title\n        }\n      }\n      pageInfo {\n        ...Page\n      }\n    }\n  }\n  fragment Page on PageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n": types.ConversationsDocument,
    "\n  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {\n    conversation(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {\n        edges {\n          cursor\n          node {\n            ...Said\n          }\n        }\n        pageInfo {\n          ...Page\n        }\n      }\n    }\n  }\n": types.HistoryDocument,
    "\n  subscription Listen($conversationId: ID!, $after: String) {\n    conversationEvents(conversationId: $conversationId, after: $after) {\n      ...Heard\n    }\n  }\n  fragment Heard on FeedEvent {\n    __typename\n    cursor\n    ... on LogEvent {\n      id\n      seq\n      actor {\n        externalId\n      }\n    }\n    ... on MessageSent {\n      conversation {\n        id\n      }\n      message {\n        id\n        text\n        author {\n          externalId\n        }\n      }\n    }\n    ... on MemberJoined {\n      conversation {\n        id\n      }\n      role\n      user {\n        externalId\n      }\n    }\n    ... on MemberLeft {\n      conversation {\n        id\n      }\n      reason\n      user {\n        externalId\n      }\n    }\n    ... on ConversationJoined {\n      conversation {\n        id\n      }\n    }\n    ... on ConversationLeft {\n      conversationId\n      reason\n    }\n    ... on AccessRevoked {\n      conversationId\n    }\n  }\n": types.ListenDocument,
    "\n  subscription Feed($after: String) {\n    feed(after: $after) {\n      ...Heard\n    }\n  }\n": types.FeedDocument,
    "\n  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {\n    upsertUsers(input: $users) {\n      __typename\n      ... on UpsertUsersPayload {\n        users {\n          id\n          externalId\n          name\n        }\n      }\n      ...Refused\n    }\n    createToken(input: $token) {\n      __typename\n      ... on CreateTokenPayload {\n        token\n        expiresAt\n      }\n      ...Refused\n    }\n  }\n": types.ArriveDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Send($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload {\n        deduplicated\n        message {\n          ...Said\n        }\n      }\n      ...Refused\n    }\n  }\n  fragment Said on Message {\n    id\n    seq\n    text\n    clientMessageId\n    metadata\n    createdAt\n    author {\n      externalId\n    }\n    replyTo {\n      id\n      text\n    }\n  }\n  fragment Refused on ChatError {\n    code\n    explanation\n    retryable\n    ... on InvalidInput {\n      path\n    }\n    ... on LimitExceeded {\n      limit\n      max\n    }\n  }\n"): typeof import('./graphql.ts').SendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Begin($input: CreateConversationInput!) {\n    createConversation(input: $input) {\n      __typename\n      ... on CreateConversationPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n  fragment Shown on Conversation {\n    id\n    kind\n    title\n    memberCount\n    createdBy {\n      externalId\n    }\n    viewerMembership {\n      role\n      joinedSeq\n    }\n    members(first: 100) {\n      edges {\n        node {\n          role\n          joinedSeq\n          user {\n            externalId\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BeginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation OpenDirect($input: OpenDirectConversationInput!) {\n    openDirectConversation(input: $input) {\n      __typename\n      ... on OpenDirectConversationPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n"): typeof import('./graphql.ts').OpenDirectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Add($input: AddMembersInput!) {\n    addMembers(input: $input) {\n      __typename\n      ... on AddMembersPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n"): typeof import('./graphql.ts').AddDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Remove($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      __typename\n      ... on RemoveMemberPayload {\n        conversation {\n          ...Shown\n        }\n      }\n      ...Refused\n    }\n  }\n"): typeof import('./graphql.ts').RemoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Leave($input: LeaveConversationInput!) {\n    leaveConversation(input: $input) {\n      __typename\n      ... on LeaveConversationPayload {\n        conversationId\n      }\n      ...Refused\n    }\n  }\n"): typeof import('./graphql.ts').LeaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      tokenExpiresAt\n      user {\n        id\n        externalId\n        name\n        role\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversation($id: ID!) {\n    conversation(id: $id) {\n      ...Shown\n    }\n  }\n"): typeof import('./graphql.ts').ConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversations($first: Int, $after: String, $last: Int, $before: String) {\n    conversations(first: $first, after: $after, last: $last, before: $before) {\n      edges {\n        cursor\n        node {\n          id\n          title\n        }\n      }\n      pageInfo {\n        ...Page\n      }\n    }\n  }\n  fragment Page on PageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n"): typeof import('./graphql.ts').ConversationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {\n    conversation(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {\n        edges {\n          cursor\n          node {\n            ...Said\n          }\n        }\n        pageInfo {\n          ...Page\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').HistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Listen($conversationId: ID!, $after: String) {\n    conversationEvents(conversationId: $conversationId, after: $after) {\n      ...Heard\n    }\n  }\n  fragment Heard on FeedEvent {\n    __typename\n    cursor\n    ... on LogEvent {\n      id\n      seq\n      actor {\n        externalId\n      }\n    }\n    ... on MessageSent {\n      conversation {\n        id\n      }\n      message {\n        id\n        text\n        author {\n          externalId\n        }\n      }\n    }\n    ... on MemberJoined {\n      conversation {\n        id\n      }\n      role\n      user {\n        externalId\n      }\n    }\n    ... on MemberLeft {\n      conversation {\n        id\n      }\n      reason\n      user {\n        externalId\n      }\n    }\n    ... on ConversationJoined {\n      conversation {\n        id\n      }\n    }\n    ... on ConversationLeft {\n      conversationId\n      reason\n    }\n    ... on AccessRevoked {\n      conversationId\n    }\n  }\n"): typeof import('./graphql.ts').ListenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Feed($after: String) {\n    feed(after: $after) {\n      ...Heard\n    }\n  }\n"): typeof import('./graphql.ts').FeedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {\n    upsertUsers(input: $users) {\n      __typename\n      ... on UpsertUsersPayload {\n        users {\n          id\n          externalId\n          name\n        }\n      }\n      ...Refused\n    }\n    createToken(input: $token) {\n      __typename\n      ... on CreateTokenPayload {\n        token\n        expiresAt\n      }\n      ...Refused\n    }\n  }\n"): typeof import('./graphql.ts').ArriveDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
