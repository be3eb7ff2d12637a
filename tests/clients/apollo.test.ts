import { CombinedGraphQLErrors, gql } from '@apollo/client'
import { LISTEN, LISTEN_WITHOUT_CURSOR, OLDER, SEND } from './documents.ts'
import { type ChatClient, journey, type Place, type Sink, type Told } from './journey.ts'
import { possibleTypesAt } from './possible-types.ts'
import { createApollo } from './recipes/apollo.ts'
import { connect } from './recipes/connect.ts'

interface Page {
  conversation: {
    messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string; hasPreviousPage: boolean } }
  }
}

journey(async ({ url, token }: Place): Promise<ChatClient> => {
  const socket = connect(url.replace('http', 'ws'), token)
  const client = createApollo({ url, token, socket, possibleTypes: await possibleTypesAt(url) })
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
      void socket.dispose()
    },
  }
})
