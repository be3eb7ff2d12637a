/** What the demo asks of the API. */
import { ERROR_FIELDS } from '../lib/api.ts'

const MESSAGE = 'id seq text clientMessageId author { name } replyTo { id text author { name } }'

const EVENT = `__typename cursor
  ... on LogEvent { id seq }
  ... on ConversationLogEvent { conversation { id } }
  ... on MessageSent { message { ${MESSAGE} } }
  ... on MessagePinned { pinned: message { clientMessageId } }`

export const subscriptions = {
  conversationEvents: `subscription ($conversationId: ID!, $after: String) {
    event: conversationEvents(conversationId: $conversationId, after: $after) { ${EVENT} }
  }`,
  feed: `subscription ($after: String) { event: feed(after: $after) { ${EVENT} } }`,
}

export const SEND = `mutation ($input: SendMessageInput!) {
  result: sendMessage(input: $input) { ... on SendMessagePayload { deduplicated message { id seq } } ${ERROR_FIELDS} }
}`

export const HISTORY = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  conversation(id: $id) {
    messages(first: $first, after: $after, last: $last, before: $before) {
      edges { node { ${MESSAGE} } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`

export const TIMELINE = `query ($id: ID!, $first: Int, $after: String) {
  conversation(id: $id) {
    timeline(first: $first, after: $after) {
      edges { node {
        __typename
        ... on Message { ${MESSAGE} }
        ... on MessagePinned { pinned: message { clientMessageId } }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

export const NODE = 'query ($id: ID!) { node(id: $id) { id } }'

export const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'

export const GLANCE = `query ($id: ID!) {
  conversation(id: $id) { viewerUnread { messages } pinnedMessages { clientMessageId } }
}`

export const UPSERT_USERS = `mutation ($input: UpsertUsersInput!) {
  result: upsertUsers(input: $input) { ... on UpsertUsersPayload { users { id } } ${ERROR_FIELDS} }
}`

export const CREATE_TOKEN = `mutation ($input: CreateTokenInput!) {
  result: createToken(input: $input) { ... on CreateTokenPayload { token } ${ERROR_FIELDS} }
}`

export const CREATE_CONVERSATION = `mutation ($input: CreateConversationInput!) {
  result: createConversation(input: $input) { ... on CreateConversationPayload { conversation { id } } ${ERROR_FIELDS} }
}`

export const ADD_MEMBERS = `mutation ($input: AddMembersInput!) {
  result: addMembers(input: $input) { ... on AddMembersPayload { conversation { id } } ${ERROR_FIELDS} }
}`

export const PIN = `mutation ($input: PinMessageInput!) {
  result: pinMessage(input: $input) { ... on PinMessagePayload { message { id } } ${ERROR_FIELDS} }
}`

export const LIMITS =
  '{ limits { messagesPerSecond membersPerCall usersPerUpsert idsPerLookup pageSize messageTextLength frameBytes } }'
