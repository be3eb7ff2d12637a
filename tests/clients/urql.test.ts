import { CombinedError } from '@urql/core'
import { pipe, subscribe } from 'wonka'
import { LISTEN, LISTEN_WITHOUT_CURSOR, OLDER, SEND } from './documents.ts'
import { type ChatClient, journey, type Place, type Sink, type Told } from './journey.ts'
import { connect } from './recipes/connect.ts'
import { createUrql } from './recipes/urql.ts'

interface Page {
  conversation: { messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string } } }
}

journey(({ url, token }: Place): ChatClient => {
  const socket = connect(url.replace('http', 'ws'), token)
  const client = createUrql({ url, token, socket })
  /** Its cache holds answers, each under its variables: pages are asked for again, and come from there. */
  const asked = new Map<string, { last: number; before: string | null }[]>()
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
      const pages = asked.get(id) ?? []
      const cached = pages.map((page) => client.readQuery<Page>(OLDER, { id, ...page })?.data?.conversation.messages)
      const before = cached.at(-1)?.pageInfo.startCursor ?? null
      const { data, error } = await client.query<Page>(OLDER, { id, last, before }).toPromise()
      if (error) throw error
      asked.set(id, [...pages, { last, before }])
      return [...cached, data?.conversation.messages]
        .toReversed()
        .flatMap((page) => page?.edges.map(({ node }) => node.text) ?? [])
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
      void socket.dispose()
    },
  }
})
