/** What the journeys of all clients ask; Relay has its own, with directives. */

/** A page before `before`, or the newest. */
export const OLDER = `
  query Older($id: ID!, $last: Int, $before: String) {
    conversation(id: $id) {
      id
      messages(last: $last, before: $before) {
        edges { cursor node { id text } }
        pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
      }
    }
  }
`

export const SEND = `
  mutation Send($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessagePayload { message { id seq text } }
      ... on ChatError { code explanation retryable }
      ... on InvalidInput { path }
    }
  }
`

export const LISTEN = `
  subscription Listen($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      cursor
      ... on MessageSent { seq message { id text } }
    }
  }
`

/** Without `cursor`, from which nobody can go on. */
export const LISTEN_WITHOUT_CURSOR = `
  subscription ListenWithoutCursor($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      ... on MessageSent { seq message { id text } }
    }
  }
`
