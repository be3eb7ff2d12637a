/** urql with Parley: the pages of a conversation and what is said live are one list of its Graphcache. */
import { Client, gql } from '@urql/core'
import { type CacheExchangeOpts, cacheExchange } from '@urql/exchange-graphcache'
import { pipe, subscribe } from 'wonka'
import type { Connection } from '../client/index.ts' // '@parley/client'
import { parleyUrql } from '../client/urql.ts' // '@parley/client/urql'

/** `schema`: the introspection of /schema.graphql, made when you build. */
export function openUrql(connection: Connection, schema: CacheExchangeOpts['schema']): Client {
  const { exchange, cache } = parleyUrql(connection)
  // Nothing is asked at `url`: all goes over the connection.
  return new Client({ url: '/graphql', exchanges: [cacheExchange({ ...cache, schema }), exchange] })
}

const LISTEN = gql`
  subscription Listen($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      cursor
      ... on LogEvent { id seq }
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
  conversation: { messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string } } }
}

/** Listens first, and then asks. `show` is given all texts at each change, oldest first. */
export function showConversation(client: Client, id: string, show: (texts: string[]) => void) {
  let before: string | undefined
  const told = client.subscription(LISTEN, { conversationId: id })
  const listening = subscribe<{ error?: unknown }>(({ error }) => error && console.error(error))(told)
  const showing = pipe(
    client.query<Messages>(MESSAGES, { id }),
    subscribe(({ data }) => {
      const { edges = [], pageInfo } = data?.conversation?.messages ?? {}
      before = pageInfo?.startCursor
      show(edges.map(({ node }) => node.text))
    }),
  )
  return {
    older: async () => void (await client.query(MESSAGES, { id, before }).toPromise()),
    close() {
      for (const each of [listening, showing]) each.unsubscribe()
    },
  }
}
