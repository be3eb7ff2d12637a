import { describe, expect, test } from 'vitest'
import { fakeClock } from '../tests/kit/fake-clock.ts'
import { fakeServer } from '../tests/kit/fake-server.ts'
import { createConnection } from './connection.ts'
import type { NetworkSignals } from './environment.ts'

const FEED = 'subscription ($after: String) { feed(after: $after) { __typename cursor } }'

function stage({ token = () => 'good' as string | null, random = (): number => 0.5 } = {}) {
  const [clock, server] = [fakeClock(), fakeServer()]
  let signal: Parameters<NetworkSignals['subscribe']>[0] = () => {}
  const network = { isOnline: true }
  const signals: NetworkSignals = {
    isOnline: () => network.isOnline,
    subscribe(listener) {
      signal = listener
      return () => {}
    },
  }
  const connection = createConnection({
    url: 'https://chat.example.com',
    token,
    ...{ clock, random, signals, WebSocket: server.WebSocket },
  })
  const heard: unknown[] = []
  const sink = { next: ({ data }: { data?: unknown }) => heard.push(data), error: heard.push, complete: () => {} }
  return {
    ...{ clock, server, connection, heard, network },
    signal: (what: Parameters<typeof signal>[0]) => signal(what),
    status: () => connection.state.get().status,
    listen: (query = FEED) => connection.subscribe({ query }, sink),
    async open(): Promise<void> {
      await clock.pass(0)
      server.last().acknowledge()
      await clock.pass(0)
    },
  }
}

const event = (seq: number, __typename = 'MessageSent') => ({
  feed: { __typename, cursor: `c${seq}`, seq, conversation: { id: 'conv' } },
})

describe('coming again', () => {
  test('not before the server has said', async () => {
    const { clock, server, open, connection } = stage()
    await open()
    server.last().close(1013, '{"retryAfterMs":4000}')
    expect(connection.state.get()).toMatchObject({ status: 'offline', retryAt: expect.any(Number) })
    await clock.pass(3_999)
    expect(server.sockets).toHaveLength(1)
    await clock.pass(500)
    expect(server.sockets).toHaveLength(2)
  })

  test('soon at first, then ever more seldom, at most every 20 s', async () => {
    const { clock, server } = stage({ random: () => 0.999 })
    const times: number[] = []
    for (let n = 0; n < 25; n++) {
      await clock.pass(0)
      while (server.sockets.length === times.length) await clock.pass(50)
      times.push(clock.now())
      server.last().close(1006)
    }
    const waits = times.slice(1).map((time, n) => time - (times[n] ?? 0))
    const hopeful = waits.filter((_, n) => (times[n] ?? 0) - (times[0] ?? 0) < 9_000)
    expect(Math.max(...hopeful)).toBeLessThanOrEqual(1_050)
    expect(Math.max(...waits)).toBeGreaterThan(15_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_050)
  })

  test('at once when the network comes back, and seldom while there is none', async () => {
    const { clock, server, open, signal, network } = stage()
    await open()
    network.isOnline = false
    signal('offline')
    await clock.pass(19_000)
    expect(server.sockets).toHaveLength(1)
    network.isOnline = true
    signal('online')
    await clock.pass(0)
    expect(server.sockets).toHaveLength(2)
  })

  test('a server that takes the socket and says nothing is given up', async () => {
    const { clock, server, status } = stage()
    await clock.pass(0)
    expect(status()).toBe('connecting')
    await clock.pass(17_000)
    expect(server.sockets).toHaveLength(2)
  })
})

describe('a socket that is dead without having been closed', () => {
  test('is found when nothing has come for long, by a ping that is not answered', async () => {
    const { clock, server, open, status } = stage()
    await open()
    await clock.pass(30_000)
    expect(server.last().frames.at(-1)).toEqual({ type: 'ping' })
    await clock.pass(5_500)
    expect(server.sockets.length).toBeGreaterThan(1)
    expect(status()).not.toBe('online')
  })

  test('is looked for as soon as the clock has jumped, and kept when it answers', async () => {
    const { clock, server, open, status } = stage()
    await open()
    clock.jump(8_000)
    await clock.pass(10_000)
    expect(server.last().frames.at(-1)).toEqual({ type: 'ping' })
    server.last().send({ type: 'pong' })
    await clock.pass(9_000)
    expect(server.sockets).toHaveLength(1)
    expect(status()).toBe('online')
  })
})

describe('a subscription', () => {
  test('goes on after the newest cursor, and drops what comes twice', async () => {
    const { clock, server, open, listen, heard } = stage()
    listen()
    await open()
    for (const seq of [1, 2]) server.last().answer('feed', event(seq))
    server.last().close(1006)
    await clock.pass(1_000)
    await open()
    const subscribed = server.last().frames.find(({ type }) => type === 'subscribe')
    expect(subscribed?.payload?.variables).toEqual({ after: 'c2' })
    for (const seq of [1, 2, 3]) server.last().answer('feed', event(seq))
    expect(heard).toEqual([event(1), event(2), event(3)])
  })

  test('moves to another socket before the first is closed, and is heard by one of them', async () => {
    const { clock, server, open, listen, heard, status } = stage()
    listen()
    await open()
    const first = server.last()
    first.answer('feed', event(1))
    first.ping({ type: 'drain', reconnectAfterMs: 2_000 })
    expect(status()).toBe('draining')
    await clock.pass(2_000)
    await open()
    const second = server.last()
    expect(second).not.toBe(first)
    expect(first.isClosed).toBe(false)
    first.answer('feed', event(2)) // still
    second.answer('feed', event(2))
    await clock.pass(0)
    expect(first.isClosed).toBe(true)
    second.answer('feed', event(3))
    expect(heard).toEqual([event(1), event(2), event(3)])
    expect(status()).toBe('online')
  })

  test('after a resync begins again by itself, with the cursor that came with it, and what was before does not count', async () => {
    const { clock, server, open, listen, heard } = stage()
    listen()
    await open()
    server.last().answer('feed', event(7))
    server.last().answer('feed', { feed: { __typename: 'ResyncRequired', cursor: 'fresh' } })
    const { id } = server.last().frames.find(({ type }) => type === 'subscribe') ?? {}
    server.last().send({ id, type: 'complete' })
    await clock.pass(0)
    expect(server.last().frames.at(-1)?.payload?.variables).toEqual({ after: 'fresh' })
    server.last().answer('feed', event(5))
    expect(heard.at(-1)).toEqual(event(5))
  })

  test('one that was refused for now is not begun again on a socket that has ended since', async () => {
    const { clock, server, open, listen } = stage()
    listen()
    await open()
    const { id } = server.last().frames.find(({ type }) => type === 'subscribe') ?? {}
    const extensions = { code: 'SERVICE_UNAVAILABLE', retryable: true, retryAfterMs: 500 }
    server.last().send({ id, type: 'error', payload: [{ message: 'later', extensions }] })
    server.last().close(1013, '{"retryAfterMs":5000}')
    await clock.pass(4_000)
    expect(server.sockets).toHaveLength(1)
  })

  test('events of types that nobody knew are given as they are', async () => {
    const { server, open, listen, heard } = stage()
    listen()
    await open()
    server.last().answer('feed', { feed: { __typename: 'FromTheFuture', cursor: 'c9' } })
    expect(heard).toEqual([{ feed: { __typename: 'FromTheFuture', cursor: 'c9' } }])
  })
})

describe('tokens', () => {
  test('one that ends is renewed over the same socket', async () => {
    const { clock, server, open } = stage()
    await open()
    server.last().ping({ type: 'expiring', expiresInMs: 60_000 })
    await clock.pass(0)
    const renew = server.last().frames.at(-1)
    expect(renew?.payload).toMatchObject({ variables: { input: { token: 'good' } } })
    server.last().answer('renewSession', { renewSession: { __typename: 'RenewSessionPayload' } })
    await clock.pass(1_000)
    expect(server.sockets).toHaveLength(1)
  })

  test('one that cannot be renewed leads to another socket, opened before the first ends', async () => {
    const { clock, server, open } = stage()
    await open()
    server.last().ping({ type: 'expiring', expiresInMs: 60_000 })
    await clock.pass(0)
    server.last().answer('renewSession', { renewSession: { __typename: 'InvalidInput' } })
    await clock.pass(0)
    expect(server.sockets).toHaveLength(2)
    expect(server.sockets[0]?.isClosed).toBe(false)
  })

  test('refused twice: expired, until one is good', async () => {
    const { clock, server, status, open, connection } = stage()
    for (let n = 0; n < 2; n++) {
      await clock.pass(0)
      server.last().close(4403, '{"code":"UNAUTHENTICATED"}')
    }
    expect(status()).toBe('expired')
    expect(connection.state.get().error).toMatchObject({ code: 'UNAUTHENTICATED' })
    await clock.pass(20_000)
    await open()
    const answer = connection.request('{ viewer { user { id } } }')
    await clock.pass(0)
    server.last().answer('viewer', { viewer: {} })
    await answer
    expect(status()).toBe('online')
  })
})

test('closed: nothing is tried any more, and what is asked is refused', async () => {
  const { clock, server, open, connection } = stage()
  await open()
  connection.close()
  await clock.pass(60_000)
  expect(server.sockets).toHaveLength(1)
  expect(server.last().isClosed).toBe(true)
  await expect(connection.request('{ __typename }')).rejects.toMatchObject({ code: 'CLOSED' })
})
