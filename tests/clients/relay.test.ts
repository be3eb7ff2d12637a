import { readFileSync } from 'node:fs'
import {
  ConnectionHandler,
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  type GraphQLTaggedNode,
  requestSubscription,
} from 'relay-runtime'
import { expect } from 'vitest'
import { createConnection } from '../../client/connection.ts'
import { openRelay, showConversation } from '../../examples/relay.ts'
import { test } from '../support/stream-app.ts'
import { compileRelay } from './compile-relay.ts'
import { type ChatClient, journey, type Place, type Sink, type Told } from './journey.ts'
import { restart } from './restart.ts'

/** In Relay's way: a connection that grows at both ends, by pages and by what a subscription brings. */
const SOURCE = `
graphql\`
  query JourneyOlderQuery($id: ID!, $last: Int, $before: String) {
    node(id: $id) @catch(to: RESULT) {
      ... on Conversation {
        messages(last: $last, before: $before) @connection(key: "Journey_messages") { edges { node { id text } } }
      }
    }
  }\`
graphql\`
  mutation JourneySendMutation($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessagePayload { message { id text } }
      ... on ChatError { code explanation }
      ... on InvalidInput { path }
    }
  }\`
graphql\`
  subscription JourneyListenSubscription($conversationId: ID!, $after: String, $connections: [ID!]!) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      cursor
      ... on MessageSent {
        message @appendNode(connections: $connections, edgeTypeName: "ConversationMessagesConnectionEdge") { id text }
      }
    }
  }\`
graphql\`
  subscription JourneyWithoutCursorSubscription($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      ... on MessageSent { message { id text } }
    }
  }\`
`

interface Messages {
  edges: { node: { text: string } }[]
  pageInfo: { startCursor: string }
}

interface Coded {
  extensions: { code: string }
}

/** What `@catch` makes of a field. */
type Caught = { ok: true; value: { messages: Messages } } | { ok: false; errors: Coded[] }

async function relayClient({ url, token }: Place): Promise<ChatClient> {
  const request = await compileRelay(url, SOURCE)
  const connection = createConnection({ url, token })
  const { environment } = openRelay(connection)
  const endings: { dispose(): void }[] = []

  /** Not there yet is an error to `@catch`, too: one without extensions. */
  function held(id: string): Caught | undefined {
    const operation = createOperationDescriptor(request('JourneyOlderQuery'), { id, last: 1, before: null })
    environment.retain(operation)
    return (environment.lookup(operation.fragment).data as { node?: Caught }).node
  }

  function listenBy(name: string, conversationId: string, sink: Sink): void {
    const shown = ConnectionHandler.getConnectionID(conversationId, 'Journey_messages')
    const connections = environment.getStore().getSource().has(shown) ? [shown] : []
    const subscription = requestSubscription(environment, {
      subscription: request(name) as GraphQLTaggedNode,
      variables: { conversationId, connections },
      onNext: (data) => sink.event((data as Record<string, Told>).conversationEvents),
      onError: sink.refused,
    })
    endings.push(subscription)
  }

  return {
    async older(id, last) {
      const known = held(id)
      const before = known?.ok ? known.value.messages.pageInfo.startCursor : null
      await fetchQuery(environment, request('JourneyOlderQuery') as GraphQLTaggedNode, { id, last, before }).toPromise()
      const now = held(id)
      if (!now?.ok) throw now
      return now.value.messages.edges.map(({ node }) => node.text)
    },
    send: (input) =>
      new Promise((resolve, reject) =>
        commitMutation(environment, {
          mutation: request('JourneySendMutation') as GraphQLTaggedNode,
          variables: { input },
          onCompleted: (data) => resolve((data as { sendMessage: Told }).sendMessage),
          onError: reject,
        }),
      ),
    listen: (conversationId, sink) => listenBy('JourneyListenSubscription', conversationId, sink),
    listenWithoutCursor: (conversationId, sink) => listenBy('JourneyWithoutCursorSubscription', conversationId, sink),
    codeOf,
    close() {
      for (const each of endings) each.dispose()
      connection.close()
    },
  }
}

/** Of a query its fields have it, if they are caught; of a subscription it is Relay's own error. */
function codeOf(error: unknown): unknown {
  const { errors, source } = error as { errors?: Coded[]; source?: { errors?: Coded[] } }
  return (errors ?? source?.errors)?.[0]?.extensions.code
}

journey(relayClient)

test('what is said comes to the end of the connection', async ({ app, alice }) => {
  const conversationId = await alice.begin()
  await alice.send(conversationId, 'one')
  const client = await relayClient({ url: app.url, token: () => alice.token })
  await client.older(conversationId, 5)
  const said = new Promise<void>((resolve) =>
    client.listen(conversationId, {
      event: (event) => {
        if (event?.__typename === 'Subscribed')
          void client.send({ conversationId, text: 'two', clientMessageId: 'two' })
        if (event?.__typename === 'MessageSent') resolve()
      },
      refused: () => undefined,
    }),
  )
  await said
  expect(await client.older(conversationId, 5)).toEqual(['one', 'two'])
  client.close()
})

test('a document that does not fit the schema is refused by the compiler', async ({ app }) => {
  await expect(compileRelay(app.url, 'graphql`query JourneyWrongQuery { viewer { nothing } }`')).rejects.toThrow(
    /nothing/,
  )
})

restart('the example for Relay', async ({ url, connection, conversationId, show }) => {
  const source = readFileSync(new URL('../../examples/relay-documents.ts', import.meta.url), 'utf8')
  const compiled = await compileRelay(url, source, 'relayDocuments')
  const documents = {
    messages: compiled('relayDocumentsMessagesQuery'),
    listen: compiled('relayDocumentsListenSubscription'),
  }
  return showConversation(openRelay(connection), documents, conversationId, show)
})
