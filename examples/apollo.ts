/** Apollo Client with Parley: the pages of a conversation and what is said live are one list of its cache. */
import { ApolloClient, gql, InMemoryCache } from '@apollo/client'
import { parleyLink, parleyPolicies } from '../client/apollo.ts' // '@parley/client/apollo'
import type { Connection } from '../client/index.ts' // '@parley/client'

/** `possibleTypes`: made from /schema.graphql when you build. */
export function openApollo(connection: Connection, possibleTypes: Record<string, string[]>): ApolloClient {
  const cache = new InMemoryCache({ possibleTypes, typePolicies: parleyPolicies })
  return new ApolloClient({ cache, link: parleyLink(connection) })
}

const LISTEN = gql`
  subscription Listen($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      cursor
      ... on LogEvent { seq }
      ... on MessageSent { message { id seq text inThread alsoInConversation } }
      ... on MessageEdited { message { id text } }
      ... on MessageDeleted { message { id text } }
    }
  }
`
const MESSAGES = gql`
  query Messages($id: ID!, $before: String) {
    conversation(id: $id) {
      id
      messages(last: 20, before: $before) {
        edges { cursor node { id seq text } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`
interface Messages {
  conversation: { messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string } } } | null
}

/** Listens first, and then asks. `show` is given all texts at each change, oldest first. */
export function showConversation(client: ApolloClient, id: string, show: (texts: string[]) => void) {
  const told = client.subscribe({ query: LISTEN, variables: { conversationId: id } })
  const listening = told.subscribe(({ error }) => error && console.error(error))
  const asking = client.watchQuery<Messages>({ query: MESSAGES, variables: { id } })
  const showing = asking.subscribe(({ data }) => {
    const { edges = [] } = data?.conversation?.messages ?? {}
    show(edges.map(({ node }) => node?.text ?? ''))
  })
  return {
    async older() {
      const before = asking.getCurrentResult().data?.conversation?.messages?.pageInfo?.startCursor
      await asking.fetchMore({ variables: { before } })
    },
    close() {
      for (const each of [listening, showing]) each.unsubscribe()
    },
  }
}
