/** A program that uses graphql-ws or graphql-sse alone: everything over one client, and what it holds is its own business. */
import type { Client } from 'graphql-ws'
import { resuming } from '../../examples/graphql-ws.ts'
import { disposeOf } from '../support/graphql-ws-client.ts'
import { LISTEN, LISTEN_WITHOUT_CURSOR, OLDER, SEND } from './documents.ts'
import type { ChatClient, Sink, Told } from './journey.ts'

interface Page {
  conversation: { messages: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string } } }
}

export function plainClient(own: Pick<Client, 'subscribe' | 'dispose'>): ChatClient {
  const client = resuming(own)
  const held = new Map<string, { texts: string[]; before: string | null }>()

  function ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    return new Promise((resolve, reject) => {
      client.subscribe<Data>(
        { query, variables },
        {
          next: ({ data, errors }) => (errors ? reject(errors) : resolve(data as Data)),
          error: reject,
          complete: () => undefined,
        },
      )
    })
  }

  function listenBy(query: string, conversationId: string, sink: Sink): void {
    client.subscribe<Record<string, Told>>(
      { query, variables: { conversationId } },
      {
        next: ({ data, errors }) => (errors ? sink.refused(errors) : sink.event(data?.conversationEvents)),
        error: sink.refused,
        complete: () => undefined,
      },
    )
  }

  return {
    async older(id, last) {
      const { texts, before } = held.get(id) ?? { texts: [], before: null }
      const { conversation } = await ask<Page>(OLDER, { id, last, before })
      const { edges, pageInfo } = conversation.messages
      const all = [...edges.map(({ node }) => node.text), ...texts]
      held.set(id, { texts: all, before: pageInfo.startCursor })
      return all
    },
    send: async (input) => (await ask<{ sendMessage: Told }>(SEND, { input })).sendMessage,
    listen: (conversationId, sink) => listenBy(LISTEN, conversationId, sink),
    listenWithoutCursor: (conversationId, sink) => listenBy(LISTEN_WITHOUT_CURSOR, conversationId, sink),
    codeOf: (errors) => (errors as { extensions: { code: string } }[])[0]?.extensions.code,
    close: () => disposeOf(own),
  }
}
