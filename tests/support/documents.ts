/** What journeys ask, typed by codegen: after a change here, `npm run gen`. */
import { graphql } from './generated/gql.ts'

// ---------------------------------------------------------------------------------------------------- writing

export const SEND = graphql(`
  mutation Send($input: SendMessageInput!) {
    sendMessage(input: $input) { __typename ... on SendMessagePayload { deduplicated message { ...Said } } ...Refused }
  }
  fragment Said on Message {
    id seq text clientMessageId metadata createdAt
    author { externalId }
    replyTo { id text }
  }
  fragment Refused on ChatError {
    code explanation retryable
    ... on InvalidInput { path }
    ... on LimitExceeded { limit max }
  }
`)

export const BEGIN = graphql(`
  mutation Begin($input: CreateConversationInput!) {
    createConversation(input: $input) { __typename ... on CreateConversationPayload { conversation { ...Shown } } ...Refused }
  }
  fragment Shown on Conversation {
    id kind title memberCount
    createdBy { externalId }
    viewerMembership { role joinedSeq }
    members(first: 100) { edges { node { role joinedSeq user { externalId } } } }
  }
`)

export const OPEN_DIRECT = graphql(`
  mutation OpenDirect($input: OpenDirectConversationInput!) {
    openDirectConversation(input: $input) { __typename ... on OpenDirectConversationPayload { conversation { ...Shown } } ...Refused }
  }
`)

export const ADD = graphql(`
  mutation Add($input: AddMembersInput!) {
    addMembers(input: $input) { __typename ... on AddMembersPayload { conversation { ...Shown } } ...Refused }
  }
`)

export const REMOVE = graphql(`
  mutation Remove($input: RemoveMemberInput!) {
    removeMember(input: $input) { __typename ... on RemoveMemberPayload { conversation { ...Shown } } ...Refused }
  }
`)

export const LEAVE = graphql(`
  mutation Leave($input: LeaveConversationInput!) {
    leaveConversation(input: $input) { __typename ... on LeaveConversationPayload { conversationId } ...Refused }
  }
`)

/** With a server key. */
export const ARRIVE = graphql(`
  mutation Arrive($users: UpsertUsersInput!, $token: CreateTokenInput!) {
    upsertUsers(input: $users) { __typename ... on UpsertUsersPayload { users { id externalId name } } ...Refused }
    createToken(input: $token) { __typename ... on CreateTokenPayload { token expiresAt } ...Refused }
  }
`)

// ---------------------------------------------------------------------------------------------------- reading

export const VIEWER = graphql(`
  query Viewer { viewer { tokenExpiresAt user { id externalId name role } } }
`)

export const CONVERSATION = graphql(`
  query Conversation($id: ID!) { conversation(id: $id) { ...Shown } }
`)

export const CONVERSATIONS = graphql(`
  query Conversations($first: Int, $after: String, $last: Int, $before: String) {
    conversations(first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id title } }
      pageInfo { ...Page }
    }
  }
  fragment Page on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }
`)

export const HISTORY = graphql(`
  query History($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {
    conversation(id: $id) {
      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {
        edges { cursor node { ...Said } }
        pageInfo { ...Page }
      }
    }
  }
`)

// ---------------------------------------------------------------------------------------------------- listening

export const LISTEN = graphql(`
  subscription Listen($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) { ...Heard }
  }
  fragment Heard on FeedEvent {
    __typename cursor
    ... on LogEvent { id seq actor { externalId } }
    ... on ConversationLogEvent { conversation { id } }
    ... on MessageSent { message { id text author { externalId } } }
    ... on MessageEdited { message { id text } }
    ... on MessageDeleted { message { id text } }
    ... on MemberJoined { role user { externalId } }
    ... on MemberLeft { reason user { externalId } }
    ... on MemberRoleChanged { role previousRole user { externalId } }
    ... on ConversationUpdated { changed }
    ... on ConversationJoined { conversation { id } }
    ... on MembershipUpdated { conversation { id } }
    ... on ReadMarked { conversation { id } readSeq }
    ... on MessageHidden { conversationId messageId }
    ... on ThreadFollowed { conversationId threadId following }
    ... on ConversationLeft { conversationId reason }
    ... on AccessRevoked { conversationId }
  }
`)

export const FEED = graphql(`
  subscription Feed($after: String) { feed(after: $after) { ...Heard } }
`)
