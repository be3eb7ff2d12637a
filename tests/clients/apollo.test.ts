import { CombinedGraphQLErrors, gql } from '@apollo/client'
import { createConnection } from '../../client/connection.ts'
import { openApollo, showConversation } from '../../examples/apollo.ts'
import { LISTEN, LISTEN_WITHOUT_CURSOR, OLDER, SEND } from './documents.ts'
import { type ChatClient, journey, type Place, type Sink, type Told } from './journey.ts'
import { restart } from './restart.ts'
import { possibleTypesAt } from './schema-at.ts'

interface Page {
  conversation: {
    messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string; hasPreviousPage: boolean } }
  }
}

journey(async ({ url, token }: Place): Promise<ChatClient> => {
  const connection = createConnection({ url, token })
  const client = openApollo(connection, await possibleTypesAt(url))
  const older = gql(OLDER)

  function listenBy(document: string, conversationId: string, sink: Sink): void {
    client.subscribe<Record<string, Told>>({ query: gql(document), variables: { conversationId } }).subscribe({
      next: ({ data, error }) => (error ? sink.refused(error) : sink.event(data?.conversationEvents)),
      error: sink.refused,
    })
  }

  const held = (id: string) => client.readQuery<Page>({ query: older, variables: { id } })?.conversation.messages

  return {
    async older(id, last) {
      const before = held(id)?.pageInfo.startCursor
      await client.query({ query: older, variables: { id, last, before }, fetchPolicy: 'network-only' })
      return held(id)?.edges.map(({ node }) => node.text) ?? []
    },
    async send(input) {
      const { data } = await client.mutate<{ sendMessage: Told }>({ mutation: gql(SEND), variables: { input } })
      return data?.sendMessage ?? {}
    },
    listen: (conversationId, sink) => listenBy(LISTEN, conversationId, sink),
    listenWithoutCursor: (conversationId, sink) => listenBy(LISTEN_WITHOUT_CURSOR, conversationId, sink),
    codeOf: (error) => CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.code,
    close() {
      client.stop()
      connection.close()
    },
  }
})

restart('the example for Apollo', async ({ url, connection, conversationId, show }) =>
  showConversation(openApollo(connection, await possibleTypesAt(url)), conversationId, show),
)
