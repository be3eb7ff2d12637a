import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { test as base, describe, expect, inject } from 'vitest'
import { type Actor, createBackEnd, textOf } from './support/actor.ts'
import { type FreshDatabase, freshDatabase } from './support/database.ts'
import { SEND } from './support/documents.ts'
import { createServerKey, type Environment, type ServerProcess, startServer } from './support/server-process.ts'

const IS_EMBEDDED = inject('database').kind === 'pglite'

interface Setting {
  database: FreshDatabase
  serverKey: string
  start(more?: Environment): ServerProcess
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
const test = base.extend('setting', async ({}, { onCleanup }): Promise<Setting> => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const serverKey = await createServerKey(database)
  const all = opened.move()
  onCleanup(() => all.disposeAsync())
  return { database, serverKey, start: (more) => all.use(startServer(database, more)) }
})

const userAt = (url: string, serverKey: string, name: string) =>
  createBackEnd(serverKey, { url, adopt: () => {} }).user(name)

async function textsOf(actor: Actor, conversation: string): Promise<string[]> {
  const texts: string[] = []
  let after: string | null = null
  do {
    const { edges, pageInfo } = await actor.history(conversation, { first: 100, after })
    texts.push(...edges.map(({ node }) => node.text))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  return texts
}

/** Sends over one socket, always so many under way, until it is closed; what was acknowledged is in `acked`. */
async function keepSending(actor: Actor, conversationId: string, name: string) {
  const socket = await actor.socket()
  const acked: string[] = []
  let count = 0
  async function chain(): Promise<void> {
    for (;;) {
      const text = `${name} ${++count}`
      const frames = socket.subscribe(text, textOf(SEND), { input: { conversationId, clientMessageId: text, text } })
      const frame = await frames.next().catch(() => null) // the socket was closed before the answer
      if (!frame) return
      if (JSON.stringify(frame).includes('SendMessagePayload')) acked.push(text)
    }
  }
  const sending = Promise.all(Array.from({ length: 16 }, chain))
  return { socket, acked, stopped: sending }
}

describe('told to stop', () => {
  test('while people write, it answers what is under way, sends every socket elsewhere and ends with 0; nothing is stored unanswered', async ({
    setting,
  }) => {
    const server = setting.start({ DRAIN_SECONDS: '6' })
    const url = await server.ready()
    const [alice, bob] = [await userAt(url, setting.serverKey, 'alice'), await userAt(url, setting.serverKey, 'bob')]
    const conversation = await alice.begin([bob])
    const reader = await bob.listen(conversation)
    const writers = await Promise.all(
      [alice, alice, bob].map((actor, i) => keepSending(actor, conversation, `writer ${i}`)),
    )
    await reader.take(50)
    server.signal('SIGTERM')

    for (const socket of [reader.socket, ...writers.map((writer) => writer.socket)])
      expect(await socket.closed).toEqual({ code: 1012, reason: '{"retryAfterMs":0}' })
    expect(await server.ended()).toMatchObject({ code: 0, signal: null })

    const again = await userAt(await setting.start().ready(), setting.serverKey, 'bob')
    const acked = writers.flatMap((writer) => writer.acked)
    expect(acked.length).toBeGreaterThanOrEqual(50)
    expect((await textsOf(again, conversation)).toSorted()).toEqual(acked.toSorted())
  }, 60_000)

  if (!IS_EMBEDDED)
    test('it waits for a mutation that the database holds up, over both ways in', async ({ setting }) => {
      const server = setting.start()
      const url = await server.ready()
      const alice = await userAt(url, setting.serverKey, 'alice')
      const conversationId = await alice.begin()
      const socket = await alice.socket()
      const blocker = new pg.Client(setting.database.env.DATABASE_URL)
      await blocker.connect()
      await blocker.query('begin; lock table stream in exclusive mode')
      const input = { conversationId, clientMessageId: 'held', text: 'held up' }
      const overSocket = socket.subscribe('held', textOf(SEND), { input })
      const overHttp = alice.send(conversationId, 'held up too')
      await waitersOn(blocker, 1)
      server.signal('SIGTERM')
      await server.printed(/draining/)
      await blocker.query('commit')
      await blocker.end()
      expect(await overSocket.next()).toMatchObject({
        payload: { data: { sendMessage: { __typename: 'SendMessagePayload' } } },
      })
      expect(await overHttp).toMatchObject({ text: 'held up too' })
      expect((await socket.closed).code).toBe(1012)
      expect(await server.ended()).toMatchObject({ code: 0 })
    })

  test('the moment it is ready, it ends in order too', async ({ setting }) => {
    const server = setting.start()
    await server.ready()
    server.signal('SIGTERM')
    expect(await server.ended()).toMatchObject({ code: 0, signal: null })
  })
})

/** Resolves when so many sessions wait for a lock. */
async function waitersOn(client: pg.Client, count: number): Promise<void> {
  for (;;) {
    const { rows } = await client.query('select count(*)::int as n from pg_locks where not granted')
    if (rows[0].n >= count) return
  }
}

test('killed, it keeps all that it acknowledged, and starts again on the same data', async ({ setting }) => {
  const server = setting.start()
  const url = await server.ready()
  const [alice, bob] = [await userAt(url, setting.serverKey, 'alice'), await userAt(url, setting.serverKey, 'bob')]
  const conversation = await alice.begin([bob])
  const reader = await bob.listen(conversation)
  const writers = await Promise.all([alice, bob].map((actor, i) => keepSending(actor, conversation, `writer ${i}`)))
  await reader.take(40)
  server.signal('SIGKILL')
  expect(await server.ended()).toMatchObject({ signal: 'SIGKILL' })
  await Promise.all(writers.map((writer) => writer.stopped))

  const again = await userAt(await setting.start().ready(), setting.serverKey, 'bob')
  const stored = await textsOf(again, conversation)
  expect(stored).toEqual(expect.arrayContaining(writers.flatMap((writer) => writer.acked)))
  expect(new Set(stored).size).toBe(stored.length)

  const resumed = await again.listen(conversation, { after: reader.cursor })
  const last = await again.send(conversation, 'and on')
  const rest = await resumed.take(last.seq - 42)
  expect(rest.map((event) => 'seq' in event && event.seq)).toEqual(rest.map((_, i) => 43 + i))
})

if (IS_EMBEDDED)
  test('a second server on the same folder is refused, and the first goes on', async ({ setting }) => {
    const first = setting.start()
    const url = await first.ready()
    const { code, output } = await setting.start().ended()
    expect(code).toBe(1)
    expect(output).toMatch(/Parley did not start\. DATA_DIR .* is in use by another server \(process \d+\)/)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })
else
  test('a second server on the same database serves beside the first', async ({ setting }) => {
    const [one, other] = [setting.start(), setting.start()]
    const alice = await userAt(await one.ready(), setting.serverKey, 'alice')
    const bob = await userAt(await other.ready(), setting.serverKey, 'bob')
    const conversation = await alice.begin([bob])
    const reader = await bob.listen(conversation)
    await alice.send(conversation, 'from the other node')
    expect(await reader.take(1)).toMatchObject([{ seq: 3, message: { text: 'from the other node' } }])
  })

// These fail before they reach a database: once is enough.
if (IS_EMBEDDED)
  describe('what keeps it from starting is told in a sentence, with exit 1:', () => {
    const failing = async (more: Environment) => {
      await using server = startServer({ env: { DATA_DIR: join(import.meta.filename, 'data') } }, more)
      return await server.ended()
    }

    test('every wrong variable at once, without the secrets among them', async () => {
      const { code, output } = await failing({
        PORT: '70000',
        LOG_LEVEL: 'loud',
        SECRETS_KEY: 'too-short',
        DRAIN_SECONDS: '0',
      })
      expect(code).toBe(1)
      expect(output).toContain('The configuration has 4 faults:')
      for (const fault of ['PORT must be', 'LOG_LEVEL must be', 'SECRETS_KEY must', 'DRAIN_SECONDS must'])
        expect(output).toContain(fault)
      expect(output).not.toContain('too-short')
      expect(output).not.toMatch(/^ +at /m)
    })

    test('a database that does not answer, by the name of its variable', async () => {
      const { code, output } = await failing({ DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/chat' })
      expect(code).toBe(1)
      expect(output).toMatch(/Parley did not start\. DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:1/)
      expect(output).not.toContain('hidden')
    })

    test('a database without its secret key', async () => {
      const { code, output } = await failing({ DATABASE_URL: 'postgres://127.0.0.1:1/chat', SECRETS_KEY: '' })
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('SECRETS_KEY must be set') })
    })

    test('a folder that cannot be written to', async () => {
      const { code, output } = await failing({})
      expect({ code, output }).toMatchObject({
        code: 1,
        output: expect.stringMatching(/DATA_DIR .*start-and-stop\.test\.ts.data/),
      })
      expect(output).not.toMatch(/^ +at /m)
    })
  })

test('a port that is taken keeps it from starting, and nothing stays behind', async ({ setting }) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, output } = await setting.start({ HOST: '127.0.0.1', PORT: String(port) }).ended()
  other.close()
  expect(code).toBe(1)
  expect(output).toContain(`PORT: 127.0.0.1:${port} is taken by another program; choose another one`)
  expect(await setting.start().ready()).toMatch(/^http/)
})
