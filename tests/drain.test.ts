/** A node that is told to stop, seen by those who are connected to it: on processes of their own, as an operator has them. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { type Client, createClient } from 'graphql-ws'
import { expect, inject, test } from 'vitest'
import { resuming } from '../examples/graphql-ws.ts'
import { moving } from '../examples/moving.ts'
import { findRedis } from '../scripts/services/find.ts'
import { startRedis } from '../scripts/services/redis.ts'
import { LISTEN, LISTEN_WITHOUT_CURSOR } from './clients/documents.ts'
import { type Actor, createActor, createBackEnd } from './support/actor.ts'
import { freshDatabase } from './support/database.ts'
import { disposeOf } from './support/graphql-ws-client.ts'
import { createQueue, type Queue } from './support/queue.ts'
import { openRawWebsocket } from './support/raw-websocket.ts'
import { createServerKey, type Environment, type ServerProcess, startServer } from './support/server-process.ts'
import { keepSaying } from './support/talk.ts'
import { openTransportSocket } from './support/transport-socket.ts'

/** Whoever waited for it would wait too long. */
const NO_DEADLINE = { DRAIN_SECONDS: '600' }
const adopt = () => {}

interface Stage extends AsyncDisposable {
  start(more?: Environment): Promise<{ server: ServerProcess; url: string }>
  user(url: string, name: string): Promise<Actor>
}

async function openStage(): Promise<Stage> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const serverKey = await createServerKey(database)
  const isShared = inject('database').kind === 'postgres' && findRedis() !== null
  const redis = isShared ? opened.use(await startRedis()) : null
  const all = opened.move()
  return {
    async start(more) {
      const server = all.use(startServer(database, { ...(redis && { REDIS_URL: redis.url }), ...more }))
      return { server, url: await server.ready() }
    },
    user: (url, name) => createBackEnd(serverKey, { url, adopt }).user(name),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

interface Told {
  __typename: string
  message?: { text: string }
}

/** What a client of graphql-ws brings of a conversation. */
function listen(client: Pick<Client, 'subscribe'>, query: string, conversationId: string): Queue<Told> {
  const told = createQueue<Told>('the client')
  client.subscribe<{ conversationEvents: Told }>(
    { query, variables: { conversationId } },
    {
      next: ({ data, errors }) => (data ? told.push(data.conversationEvents) : told.end(JSON.stringify(errors))),
      error: (error) => told.end(String(error)),
      complete: () => told.end('complete'),
    },
  )
  return told
}

interface Dialled {
  /** Ends it with the test. */
  opened: DisposableStack
  url: () => string | Promise<string>
  token: string
  told?: (reconnectAfterMs: number) => void
  /** With which codes its sockets were closed. */
  closings?: number[]
}

function dial({ opened, url, token, told, closings }: Dialled): Client {
  const client = createClient({
    url: async () => `${(await url()).replace('http', 'ws')}/graphql`,
    connectionParams: { Authorization: `Bearer ${token}` },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async () => {},
    on: {
      closed: (event) => void closings?.push((event as { code: number }).code),
      ping(isReceived, payload) {
        if (isReceived && payload?.type === 'drain') told?.(Number(payload.reconnectAfterMs))
      },
    },
  })
  opened.defer(() => disposeOf(client))
  return client
}

async function textsUntil(told: Queue<Told>, last: string): Promise<string[]> {
  const texts: string[] = []
  while (texts.at(-1) !== last) {
    const { message } = await told.next()
    if (message) texts.push(message.text)
  }
  return texts
}

test('while people talk on another node, nobody misses anything or hears it twice: who knows of drains has moved before, who does not comes back by 1012', async ({
  skip,
}) => {
  if (inject('database').kind === 'pglite') return skip('the embedded database belongs to one process')
  await using stage = await openStage()
  using opened = new DisposableStack()
  const [a, b] = [await stage.start(NO_DEADLINE), await stage.start()]
  const [alice, bob] = [await stage.user(a.url, 'alice'), await stage.user(a.url, 'bob')]
  const conversation = await alice.begin([bob])
  const talk = keepSaying(createActor(alice, { url: b.url, adopt }), conversation)
  const { token } = bob

  let isStopping = false
  let moves = 0
  const closings = { moved: [] as number[], resumed: [] as number[] }
  const aware = moving((told) => {
    const url = moves++ ? b.url : a.url
    return dial({ opened, url: () => url, token, told, closings: closings.moved })
  })
  /** To the other node after it was sent away, and not before more was said. */
  const url = async () => {
    if (!isStopping) return a.url
    await talk.more(5)
    return b.url
  }
  const readers = {
    moved: listen(aware, LISTEN, conversation),
    resumed: listen(resuming(dial({ opened, url, token, closings: closings.resumed })), LISTEN, conversation),
    forgetful: listen(dial({ opened, url, token }), LISTEN_WITHOUT_CURSOR, conversation),
  }
  for (const told of Object.values(readers)) await told.next(({ __typename }) => __typename === 'Subscribed')
  const witness = await bob.listen(conversation) // of what A says to its sockets
  await talk.more(10)

  isStopping = true
  a.server.signal('SIGTERM')
  const ping = await witness.socket.frames.next(({ type }) => type === 'ping')
  expect(ping.payload).toEqual({ type: 'drain', reconnectAfterMs: expect.any(Number) })
  await witness.take(20) // what is said on the other node is heard here to the end
  expect(await witness.socket.closed).toEqual({ code: 1012, reason: '{"retryAfterMs":0}' })
  expect(await a.server.ended()).toMatchObject({ code: 0, signal: null })
  expect(moves).toBe(2)
  expect(closings).toEqual({ moved: [1000], resumed: [1012] }) // by itself, and by the node

  await talk.more(20)
  const last = await talk.stop()
  const [moved, resumed, forgetful] = [
    await textsUntil(readers.moved, last),
    await textsUntil(readers.resumed, last),
    await textsUntil(readers.forgetful, last),
  ]
  expect(moved).toEqual(talk.texts.slice(-moved.length))
  expect(resumed).toEqual(talk.texts.slice(-resumed.length))
  expect(moved.length).toBeGreaterThan(50)
  expect(resumed.length).toBeGreaterThan(50)
  expect(forgetful).not.toEqual(talk.texts.slice(-forgetful.length))
}, 60_000)

/** Whoever it is, he is connected, says nothing any more and answers no goodbye. */
async function openDeaf(url: string, { token }: Actor) {
  const deaf = await openRawWebsocket(url)
  deaf.text(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } }))
  expect(await deaf.next()).toContain('connection_ack')
  return deaf
}

test('until the balancer has noticed it serves as before; then whoever is new is sent elsewhere, whoever is deaf is cut at the deadline, and it ends with 0', async () => {
  await using stage = await openStage()
  const { server, url } = await stage.start({ DRAIN_DELAY_SECONDS: '600', DRAIN_SECONDS: '4' })
  const alice = await stage.user(url, 'alice')
  const conversation = await alice.begin()
  const deaf = await openDeaf(url, alice)
  const idle = await alice.socket()
  server.signal('SIGTERM')
  await server.printed(/draining/)
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
  expect(await (await fetch(`${url}/readyz`)).text()).toBe('draining\n')
  const reader = await alice.listen(conversation)
  await alice.send(conversation, 'while it says so')
  expect(await reader.next()).toMatchObject({ message: { text: 'while it says so' } })
  idle.cut()

  server.signal('SIGTERM') // in a hurry: the delay is over
  expect(await reader.socket.closed).toEqual({ code: 1012, reason: '{"retryAfterMs":0}' })
  await deaf.ended
  expect(await server.ended()).toMatchObject({ code: 0, signal: null })
})

test('told to stop, it serves those it has and sends away who comes: by 1013, with when to come again', async () => {
  await using stage = await openStage()
  const { server, url } = await stage.start(NO_DEADLINE)
  const alice = await stage.user(url, 'alice')
  const conversation = await alice.begin()
  const deaf = await openDeaf(url, alice)
  const reader = await alice.listen(conversation)
  const waiting = await openTransportSocket(`${url.replace('http', 'ws')}/graphql`) // has not said who he is
  server.signal('SIGTERM')
  await reader.socket.frames.next(({ type }) => type === 'ping')
  const late = await openTransportSocket(`${url.replace('http', 'ws')}/graphql`)
  const elsewhere = {
    code: 1013,
    reason: expect.stringMatching(/^\{"code":"SERVICE_UNAVAILABLE","retryAfterMs":\d+\}$/),
  }
  expect([await waiting.closed, await late.closed]).toEqual([elsewhere, elsewhere])
  await alice.send(conversation, 'over HTTP')
  expect(await reader.next()).toMatchObject({ message: { text: 'over HTTP' } })
  expect(await reader.socket.closed).toMatchObject({ code: 1012 })

  // The deaf one would hold it for ten minutes.
  expect(await deaf.next()).toContain('"type":"drain"')
  server.signal('SIGTERM')
  await deaf.ended
  expect(await server.ended()).toMatchObject({ code: 0, signal: null })
})

test('a connection over which nothing was ever asked, as browsers keep them in reserve, holds nobody back', async () => {
  await using stage = await openStage()
  const { server, url } = await stage.start(NO_DEADLINE)
  const spare = connect(Number(new URL(url).port), '127.0.0.1')
  await once(spare, 'connect')
  const ended = once(spare, 'close')
  await (await stage.user(url, 'alice')).begin()
  server.signal('SIGTERM')
  await ended
  expect(await server.ended()).toMatchObject({ code: 0, signal: null })
})

test('who is deaf to everything is cut at the deadline', async () => {
  await using stage = await openStage()
  const { server, url } = await stage.start({ DRAIN_SECONDS: '1' })
  const deaf = await openDeaf(url, await stage.user(url, 'alice'))
  server.signal('SIGTERM')
  expect(await deaf.next()).toContain('"type":"drain"')
  expect(await deaf.next()).toContain('1012')
  await deaf.ended
  expect(await server.ended()).toMatchObject({ code: 0, signal: null })
})
