/** Two servers on one database: what is sent on one is read on the other, by way of Redis, and of the log while Redis is away. */
import { expect, inject, test } from 'vitest'
import { findRedis } from '../scripts/services/find.ts'
import { freePort } from '../scripts/services/free-port.ts'
import { startRedis } from '../scripts/services/redis.ts'
import { type Actor, createActor, createBackEnd } from './support/actor.ts'
import { freshDatabase } from './support/database.ts'
import { mutate } from './support/mutate.ts'
import { needs } from './support/needs.ts'
import type { Heard, Reader } from './support/reader.ts'
import { createServerKey, type Environment, type ServerProcess, startServer } from './support/server-process.ts'

needs('redis')
const HERE = inject('database').kind === 'pglite' ? 'the embedded database belongs to one process' : null
const NO_SERVER = 'no redis-server here that could be killed: apt-get install redis-server'

interface Node {
  url: string
  server: ServerProcess
  /** Of /metrics; 0 where nothing was counted. */
  count(metric: string): Promise<number>
}

interface Stage extends AsyncDisposable {
  a: Node
  b: Node
  alice: Actor
  bob: Actor
  /** The same user at the other node. */
  at(node: Node, actor: Actor): Actor
}

async function openStage(more: Environment): Promise<Stage> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const serverKey = await createServerKey(database)
  const start = async (): Promise<Node> => {
    const ADMIN_PORT = String(await freePort())
    const server = opened.use(startServer(database, { ADMIN_PORT, ...more }))
    return { url: await server.ready(), server, count: (metric) => counted(ADMIN_PORT, metric) }
  }
  const [a, b] = [await start(), await start()]
  const adopt = () => {}
  const { user } = createBackEnd(serverKey, { url: a.url, adopt })
  const [alice, bob] = [await user('alice'), await user('bob')]
  const all = opened.move()
  return {
    a,
    b,
    alice,
    bob,
    at: ({ url }, actor) => createActor(actor, { url, adopt }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

async function counted(adminPort: string, metric: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text()
  const line = text.split('\n').find((each) => each.startsWith(`${metric} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

const HEARD = 'parley_bus_events_total{direction="IN"}'
const FROM_LOG = 'parley_holes_total'

async function sendSome(actor: Actor, conversation: string, texts: string[]): Promise<void> {
  for (const text of texts) await actor.send(conversation, text)
}

const some = (name: string, count = 20) => Array.from({ length: count }, (_, n) => `${name} ${n}`)

const messagesOf = (events: readonly Heard[]) =>
  events.flatMap((event) => (event.__typename === 'MessageSent' ? [{ seq: event.seq, text: event.message?.text }] : []))

async function readUpTo(reader: Reader, seq: number): Promise<void> {
  await reader.next((event) => 'seq' in event && event.seq === seq)
}

test('what is sent on one is read on the other: over Redis, and not by way of the log', async ({ skip }) => {
  if (HERE) return skip(HERE)
  if (findRedis() === null) return skip(NO_SERVER)
  await using redis = await startRedis()
  await using stage = await openStage({ REDIS_URL: redis.url })
  const { heard, fromLog } = await sentOnOne(stage)
  expect(heard).toBeGreaterThanOrEqual(20)
  // The tail may look in the very moment between a commit and its event.
  expect(fromLog).toBeLessThan(5)
})

test('without Redis it is the log that brings it', async ({ skip }) => {
  if (HERE) return skip(HERE)
  await using stage = await openStage({})
  expect(await sentOnOne(stage)).toEqual({ heard: 0, fromLog: 20 })
})

test('where a user is connected is shown on both, and signing out on one ends what is open on the other', async ({
  skip,
}) => {
  if (HERE) return skip(HERE)
  await using stage = await openStage({})
  const { a, b, alice, bob, at } = stage
  const [own, others] = [await at(b, alice).socket(), await at(b, bob).socket()]
  const query = '{ viewer { connections { isOpen } } }'
  const connections = async () =>
    (await at(a, alice).ask<{ viewer: { connections: object[] } }>(query)).viewer.connections
  await expect.poll(connections).toEqual([{ isOpen: true }])
  await mutate(at(a, alice), 'signOutEverywhere', {})
  expect((await own.closed).code).toBe(4403)
  await others.roundTrip()
})

/** 20 messages from one node to the other, and how they came. */
async function sentOnOne({ a, b, alice, bob, at }: Stage) {
  const conversation = await alice.begin([bob])
  const reader = await at(b, bob).listen(conversation)
  const before = { heard: await b.count(HEARD), fromLog: await b.count(FROM_LOG) }
  await sendSome(at(a, alice), conversation, some('over'))
  const events = await reader.take(20)
  expect(messagesOf(events).map(({ text }) => text)).toEqual(some('over'))
  return { heard: (await b.count(HEARD)) - before.heard, fromLog: (await b.count(FROM_LOG)) - before.fromLog }
}

test('readers that are cut on one and go on at the other, while Redis is killed and comes back, have all of it, once', async ({
  skip,
}) => {
  if (HERE) return skip(HERE)
  if (findRedis() === null) return skip(NO_SERVER)
  await using redis = await startRedis()
  await using stage = await openStage({ REDIS_URL: redis.url })
  const { a, b, alice, at } = stage
  const bobAt = { a: at(a, stage.bob), b: at(b, stage.bob) }
  const conversation = await alice.begin([bobAt.a])
  const [onA, onB, feed] = [
    await bobAt.a.listen(conversation),
    await bobAt.b.listen(conversation),
    await bobAt.b.feed(),
  ]
  const sendOnBoth = (name: string) =>
    Promise.all([
      sendSome(alice, conversation, some(`alice ${name}`)),
      sendSome(bobAt.b, conversation, some(`bob ${name}`)),
    ])

  await sendOnBoth('with Redis')
  await onA.take(30)
  const meanwhile = sendOnBoth('while it dies')
  await redis.kill()
  await meanwhile
  for (const node of [a, b]) await expect.poll(() => node.count('parley_bus_connected')).toBe(0)
  for (const { url } of [a, b]) expect((await fetch(`${url}/readyz`)).status).toBe(200)
  await onA.take(30)
  onA.socket.cut()
  const later = sendOnBoth('without it')
  const resumed = await bobAt.b.listen(conversation, { after: onA.cursor })
  const joined = await bobAt.a.listen(conversation, { after: onA.cursor })
  await later
  const returning = sendOnBoth('while it comes back')
  await redis.start()
  await returning
  for (const node of [a, b]) await expect.poll(() => node.count('parley_bus_connected'), { timeout: 10_000 }).toBe(1)
  const heard = await b.count(HEARD)
  await sendOnBoth('with Redis again')
  const last = await alice.send(conversation, 'the last one')
  for (const reader of [onB, feed, resumed, joined]) await readUpTo(reader, last.seq)
  expect(await b.count(HEARD)).toBeGreaterThan(heard)

  const stored = messagesOf(onB.events)
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => 3 + i))
  expect(stored).toHaveLength(5 * 40 + 1)
  expect(messagesOf(feed.events)).toEqual(stored)
  expect(messagesOf([...onA.events, ...resumed.events])).toEqual(stored)
  expect(messagesOf([...onA.events, ...joined.events])).toEqual(stored)

  for (const { server } of [a, b]) {
    server.signal('SIGTERM')
    const { code, output } = await server.ended()
    expect(code).toBe(0)
    expect(output.match(/the bus is away/g)).toHaveLength(1)
    expect(output.match(/the bus is back/g)).toHaveLength(1)
  }
})
