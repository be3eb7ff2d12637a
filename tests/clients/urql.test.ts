import { CombinedError } from '@urql/core'
import { pipe, subscribe } from 'wonka'
import { createConnection } from '../../client/connection.ts'
import { openUrql, showConversation } from '../../examples/urql.ts'
import { LISTEN, LISTEN_WITHOUT_CURSOR, OLDER, SEND } from './documents.ts'
import { type ChatClient, journey, type Place, type Sink, type Told } from './journey.ts'
import { restart } from './restart.ts'
import { introspectionAt } from './schema-at.ts'

interface Page {
  conversation: { messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string } } }
}

journey(async ({ url, token }: Place): Promise<ChatClient> => {
  const connection = createConnection({ url, token })
  const client = openUrql(connection, await introspectionAt(url))
  const startCursors = new Map<string, string>()
  const endings: (() => void)[] = []

  function listenBy(document: string, conversationId: string, sink: Sink): void {
    const { unsubscribe } = pipe(
      client.subscription<Record<string, Told>>(document, { conversationId }),
      subscribe(({ data, error }) => (error ? sink.refused(error) : sink.event(data?.conversationEvents))),
    )
    endings.push(unsubscribe)
  }

  return {
    async older(id, last) {
      const before = startCursors.get(id) ?? null
      const { data, error } = await client.query<Page>(OLDER, { id, last, before }).toPromise()
      if (error) throw error
      const { edges = [], pageInfo } = data?.conversation.messages ?? {}
      startCursors.set(id, pageInfo?.startCursor ?? '')
      return edges.map(({ node }) => node.text)
    },
    async send(input) {
      const { data } = await client.mutation<{ sendMessage: Told }>(SEND, { input }).toPromise()
      return data?.sendMessage ?? {}
    },
    listen: (conversationId, sink) => listenBy(LISTEN, conversationId, sink),
    listenWithoutCursor: (conversationId, sink) => listenBy(LISTEN_WITHOUT_CURSOR, conversationId, sink),
    codeOf: (error) => error instanceof CombinedError && error.graphQLErrors[0]?.extensions.code,
    close() {
      for (const end of endings) end()
      connection.close()
    },
  }
})

restart('the example for urql', async ({ url, connection, conversationId, show }) =>
  showConversation(openUrql(connection, await introspectionAt(url)), conversationId, show),
)
