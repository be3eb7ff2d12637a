/** `test` with streams that end with the test, and a way to the server that can be cut. */
import type { Actor } from './actor.ts'
import { type CuttableProxy, openCuttableProxy } from './cuttable-proxy.ts'
import { openEventSource, openRawStream, type Question } from './event-streams.ts'
import { test as onApp } from './test-app.ts'

/** Without `cursor`: the stream tells it beside the event. */
const SAID = '{ __typename ... on LogEvent { seq } ... on MessageSent { message { text } } }'
export const eventsOf = (conversationId: string, more = '') =>
  `conversationEvents(conversationId: "${conversationId}"${more}) ${SAID}`
export const LISTEN = `subscription ($conversationId: ID!, $after: String) { conversationEvents(conversationId: $conversationId, after: $after) ${SAID} }`
export const FEED = `subscription { feed ${SAID} }`

export const test = onApp
  .extend('proxy', async ({ app }, { onCleanup }): Promise<CuttableProxy> => {
    const proxy = await openCuttableProxy(app.url)
    onCleanup(() => proxy[Symbol.asyncDispose]())
    return proxy
  })
  .extend('open', async ({ app }, { onCleanup }) => {
    const streams: { close(): void }[] = []
    onCleanup(() => {
      for (const stream of streams) stream.close()
    })
    const adopt = <S extends { close(): void }>(stream: S): S => {
      streams.push(stream)
      return stream
    }
    return {
      eventSource: (url: string, actor: Actor, question: Question) => adopt(openEventSource(url, actor, question)),
      raw: async (actor: Pick<Actor, 'token'>, question: Question, headers?: Record<string, string>) =>
        adopt(await openRawStream(app.url, actor, { question, ...(headers && { headers }) })),
    }
  })
