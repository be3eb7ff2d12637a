/** What the example for Relay asks. In an application the tags stand in the code: a plugin of the bundler puts what relay-compiler has made in their place. */
import { graphql } from 'relay-runtime'

export const MessagesQuery = graphql`
  query relayDocumentsMessagesQuery($id: ID!, $last: Int!, $before: String) {
    node(id: $id) {
      ... on Conversation {
        messages(last: $last, before: $before) @connection(key: "Conversation_messages") {
          edges { node { id seq text } }
        }
      }
    }
  }
`

export const ListenSubscription = graphql`
  subscription relayDocumentsListenSubscription($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      cursor
      ... on LogEvent { seq }
      ... on MessageSent { message { id seq text inThread alsoInConversation } }
      ... on MessageEdited { message { id text } }
      ... on MessageDeleted { message { id text } }
    }
  }
`
