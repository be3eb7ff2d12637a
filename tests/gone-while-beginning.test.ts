/** A subscription listens before it is known whether it may: whoever goes in between leaves nothing that goes on listening. */
import { expect, test } from 'vitest'
import type { App } from '../src/app.ts'
import type { Actor } from './support/actor.ts'
import { openRawStream } from './support/event-streams.ts'
import { LISTEN } from './support/stream-app.ts'
import { createTenant, startTestApp } from './support/test-app.ts'

/** Nobody is told whether he may listen until the test says so. */
async function stage() {
  const { promise: isKnown, resolve: letIn } = Promise.withResolvers<void>()
  const listening = new Set<unknown>()
  let asked = 0
  const { app, opened } = await startTestApp(
    {
      parts: (made) => ({
        ...made,
        access: {
          ...made.access,
          async toListen(...given) {
            asked++
            await isKnown
            return made.access.toListen(...given)
          },
        },
        hubs: {
          ...made.hubs,
          listen(name, reader) {
            listening.add(reader)
            return made.hubs.listen(name, reader)
          },
          leave(name, reader) {
            listening.delete(reader)
            made.hubs.leave(name, reader)
          },
        },
      }),
    },
    // A connection that fetch opens and asks nothing over holds up a stop until its deadline.
    { DRAIN_SECONDS: '1' },
  )
  const alice = await (await createTenant(app, { adopt: () => {} })).user('alice')
  const question = { query: LISTEN, variables: { conversationId: await alice.begin() } }
  return { app, opened, alice, question, letIn, asked: () => asked, listening: () => listening.size }
}

/** Resolves to how he goes, which resolves when the server has heard of it. */
type Begin = (alice: Actor, app: App, question: { query: string; variables: object }) => Promise<() => Promise<void>>

const none = (gauge: App['parts']['metrics']['sockets']) =>
  expect.poll(async () => (await gauge.get()).values[0]?.value).toBe(0)

const WAYS: [name: string, begin: Begin][] = [
  [
    'completes',
    async (alice, _, { query, variables }) => {
      const socket = await alice.socket()
      socket.subscribe('it', query, variables)
      return async () => {
        socket.send({ type: 'complete', id: 'it' })
        await socket.roundTrip()
      }
    },
  ],
  [
    'is cut',
    async (alice, { parts }, { query, variables }) => {
      const socket = await alice.socket()
      socket.subscribe('it', query, variables)
      return async () => {
        socket.cut()
        await none(parts.metrics.sockets)
      }
    },
  ],
  [
    'closes his event stream',
    async (alice, { url, parts }, question) => {
      const stream = await openRawStream(url, alice, { question })
      return async () => {
        stream.close()
        await none(parts.metrics.streams)
      }
    },
  ],
]

test.for(WAYS)('who %s before it began is not listened for', async ([, begin]) => {
  const { app, opened, alice, question, letIn, asked, listening } = await stage()
  await using _ = opened
  const go = await begin(alice, app, question)
  await expect.poll(asked).toBe(1)
  expect(listening()).toBe(1)
  await go()
  letIn()
  await expect.poll(listening).toBe(0)
})
