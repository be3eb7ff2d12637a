import { once } from 'node:events'
import { get } from 'node:http'
import { test as base, expect } from 'vitest'
import { createBackEnd } from './support/actor.ts'
import { type FreshDatabase, freshDatabase } from './support/database.ts'
import { openEventSource, streamUrl } from './support/event-streams.ts'
import { createServerKey, type Environment, type ServerProcess, startServer } from './support/server-process.ts'

const LISTEN =
  'subscription ($conversationId: ID!) { conversationEvents(conversationId: $conversationId) { __typename ... on MessageSent { message { text } } } }'

interface Setting {
  serverKey: string
  start(more?: Environment): ServerProcess
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
const test = base.extend('setting', async ({}, { onCleanup }): Promise<Setting> => {
  await using opened = new AsyncDisposableStack()
  const database: FreshDatabase = opened.use(await freshDatabase())
  const serverKey = await createServerKey(database)
  const all = opened.move()
  onCleanup(() => all.disposeAsync())
  return { serverKey, start: (more) => all.use(startServer(database, more)) }
})

test('a server that is told to stop ends its streams, also those nobody reads; an EventSource goes on with its successor', async ({
  setting,
}) => {
  const server = setting.start({ DRAIN_SECONDS: '600' }) // whoever waited for a stream would wait too long
  const url = await server.ready()
  const backEnd = createBackEnd(setting.serverKey, { url, adopt: () => {} })
  const alice = await backEnd.user('alice')
  const conversationId = await alice.begin()
  const question = { query: LISTEN, variables: { conversationId } }
  const source = openEventSource(url, alice, question)
  await source.told.next()
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${alice.token}` }
  const unread = get(streamUrl(url, question), { headers })
  await once(unread, 'response')
  unread.on('error', () => {}) // it is cut
  for (let n = 0; n < 10; n++) await alice.send(conversationId, `before ${n}`)
  for (let n = 0; n < 10; n++) expect((await source.told.next()).event.message.text).toBe(`before ${n}`)

  server.signal('SIGTERM')
  expect(await server.ended()).toMatchObject({ code: 0, signal: null })
  expect(await setting.start({ PORT: new URL(url).port }).ready()).toBe(url)
  await alice.send(conversationId, 'after')
  const again = await source.told.next(({ event }) => event.__typename !== 'Subscribed')
  expect(again.event.message.text).toBe('after')
  source.close()
})
