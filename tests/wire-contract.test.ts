import { describe, expect, vi } from 'vitest'
import { textOf } from './support/actor.ts'
import { LISTEN, SEND } from './support/documents.ts'
import { exchange } from './support/raw-http.ts'
import { ALLOWED_ORIGIN, test } from './support/test-app.ts'

const TYPENAME = '{ __typename }'

describe('the socket is closed with', () => {
  const bad = [
    'no json',
    '',
    'null',
    '[]',
    '{}',
    '{"type":"unknown"}',
    '{"type":"connection_init","payload":"text"}',
    '{"type":"ping","payload":[]}',
  ]
  test.for(bad)('4400 for a bad message: %s', async (message, { sockets }) => {
    const socket = await sockets.open()
    socket.send(message)
    expect((await socket.closed).code).toBe(4400)
  })

  const badSubscribes = [
    '{"type":"subscribe"}',
    '{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}',
    '{"type":"subscribe","id":"1"}',
    '{"type":"subscribe","id":"1","payload":{}}',
    '{"type":"subscribe","id":"1","payload":{"query":1}}',
    '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","variables":"{}"}}',
    '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","operationName":1}}',
    '{"type":"complete"}',
  ]
  test.for(badSubscribes)('4400 after the acknowledgement too: %s', async (message, { alice }) => {
    const socket = await alice.socket()
    socket.send(message)
    expect((await socket.closed).code).toBe(4400)
  })

  test('4401 for subscribing before the acknowledgement', async ({ sockets }) => {
    const socket = await sockets.open()
    socket.subscribe('early', TYPENAME)
    expect((await socket.closed).code).toBe(4401)
  })

  test('4406 without the sub-protocol', async ({ sockets }) => {
    const socket = await sockets.open({ protocols: [] })
    expect((await socket.closed).code).toBe(4406)
  })

  test('4408 when connection_init does not come in time', async ({ sockets }) => {
    const socket = await sockets.open()
    expect((await socket.closed).code).toBe(4408)
  })

  test('4409 for an id that is in use, and not for one that is free again', async ({ alice }) => {
    const conversationId = await alice.begin()
    const socket = await alice.socket()
    for (let i = 0; i < 2; i++)
      expect(await socket.subscribe('again', TYPENAME).take(2)).toMatchObject([{ type: 'next' }, { type: 'complete' }])
    const running = socket.subscribe('in use', textOf(LISTEN), { conversationId })
    await running.next()
    socket.subscribe('in use', textOf(LISTEN), { conversationId })
    expect((await socket.closed).code).toBe(4409)
  })

  test('4429 for a second connection_init', async ({ alice }) => {
    const socket = await alice.socket()
    socket.send({ type: 'connection_init' })
    expect((await socket.closed).code).toBe(4429)
  })

  test('4511 for a frame above 128 KB, before it is parsed; one just below is taken', async ({ alice }) => {
    const socket = await alice.socket()
    const frame = (bytes: number) => {
      const [head, tail] = ['{"type":"ping","payload":{"fill":"', '"}}']
      return `${head}${'x'.repeat(bytes - head.length - tail.length)}${tail}`
    }
    socket.send(frame(131_072))
    expect(await socket.frames.next()).toMatchObject({ type: 'pong' })
    socket.send(frame(131_073))
    const { code, reason } = await socket.closed
    expect(code).toBe(4511)
    expect(JSON.parse(reason)).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'frameBytes', max: 131_072 })
  })

  test('4511 for a connection_init above 128 KB', async ({ sockets }) => {
    const socket = await sockets.open()
    socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${'x'.repeat(140_000)}` } })
    expect((await socket.closed).code).toBe(4511)
  })
})

describe('an operation', () => {
  test('that is a query or a mutation brings one result and one complete', async ({ alice }) => {
    const conversationId = await alice.begin()
    const socket = await alice.socket()
    const frames = socket.subscribe('send', textOf(SEND), {
      input: { conversationId, clientMessageId: '1', text: 'hi' },
    })
    expect(await frames.take(2)).toMatchObject([
      { type: 'next', payload: { data: { sendMessage: { __typename: 'SendMessagePayload' } } } },
      { type: 'complete' },
    ])
    await socket.roundTrip()
    expect(frames.rest()).toEqual([])
  })

  const invalid = [
    ['does not parse', '{ viewer {'],
    ['asks for what is not there', '{ nothing }'],
    ['names two operations', 'query A { __typename } query B { __typename }'],
    ['subscribes to two fields', 'subscription { feed { cursor } b: feed { cursor } }'],
    ['is empty', ''],
  ] as const
  test.for(invalid)('that %s brings one error, no complete, and the socket lives', async ([, query], { alice }) => {
    const socket = await alice.socket()
    const frames = socket.subscribe('invalid', query)
    const first = await frames.next()
    expect(first).toMatchObject({ type: 'error', payload: [{ message: expect.any(String) }] })
    await socket.roundTrip()
    expect(frames.rest()).toEqual([])
    expect(await socket.subscribe('invalid', TYPENAME).next()).toMatchObject({ type: 'next' })
  })

  test('that lacks a variable brings its errors as a result', async ({ alice }) => {
    const frames = (await alice.socket()).subscribe('lacking', 'query ($id: ID!) { conversation(id: $id) { id } }')
    expect(await frames.take(2)).toMatchObject([
      { type: 'next', payload: { errors: [{ message: expect.stringContaining('$id') }] } },
      { type: 'complete' },
    ])
  })

  test('that is a document nested 20,000 deep brings one error that tells nothing of the server', async ({ alice }) => {
    const socket = await alice.socket()
    const frame = await socket.subscribe('deep', `${'{a'.repeat(20_000)}${'}'.repeat(20_000)}`).next()
    expect(frame).toMatchObject({ type: 'error' })
    expect(JSON.stringify(frame)).not.toMatch(/INTERNAL|stack/)
  })

  test('that fails in a resolver tells no more of it than HTTP does', async ({ nobody }) => {
    const frame = await (await nobody.socket()).subscribe('no', '{ viewer { user { id } } }').next()
    expect(frame.payload).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'UNAUTHENTICATED', retryable: false } }],
    })
    expect(JSON.stringify(frame)).not.toContain('"http"')
  })

  test('completed and begun again under the same id, in one write, runs', async ({ alice }) => {
    const conversationId = await alice.begin()
    const socket = await alice.socket()
    const frames = socket.subscribe('same', textOf(LISTEN), { conversationId })
    const payload = { query: textOf(LISTEN), variables: { conversationId } }
    for (let i = 0; i < 10; i++) {
      expect(await frames.next()).toMatchObject({
        payload: { data: { conversationEvents: { __typename: 'Subscribed' } } },
      })
      socket.sendTogether({ type: 'complete', id: 'same' }, { type: 'subscribe', id: 'same', payload })
    }
    await frames.next()
    await alice.send(conversationId, 'to the last one')
    expect(await frames.next()).toMatchObject({ type: 'next', payload: { data: { conversationEvents: { seq: 2 } } } })
    await socket.roundTrip()
    expect(frames.rest()).toEqual([])
  })

  test('that its client completes brings nothing more, no complete either', async ({ alice }) => {
    const conversation = await alice.begin()
    const reader = await alice.listen(conversation)
    await reader.stop()
    await alice.send(conversation, 'unheard')
    await reader.socket.roundTrip()
    expect(reader.socket.frames.rest().filter(({ type }) => type === 'complete')).toEqual([])
    expect(reader.rest()).toEqual([])
  })
})

describe('when a socket goes', () => {
  test.for(['cut', 'close'] as const)('by %s, its subscriptions end on the server', async (how, { app, alice }) => {
    const { subscriptions, sockets } = app.parts.metrics
    const conversation = await alice.begin()
    const on = await alice.socket()
    for (let i = 0; i < 3; i++) await alice.listen(conversation, { on })
    await alice.feed({ on })
    const running = async () => [(await subscriptions.get()).values[0]?.value, (await sockets.get()).values[0]?.value]
    expect(await running()).toEqual([4, 1])
    on[how]()
    await vi.waitFor(async () => expect(await running()).toEqual([0, 0]), { timeout: 10_000 })
  })
})

test('ping is answered by pong with its payload, before the acknowledgement too', async ({ sockets }) => {
  const socket = await sockets.open()
  socket.send('{"type":"ping","payload":{"n":1}}')
  expect(await socket.frames.next()).toEqual({ type: 'pong', payload: { n: 1 } })
  socket.send('{"type":"pong"}')
  await socket.init()
})

describe('the upgrade', () => {
  test('is refused to pages of foreign origins, and open to ours and to those allowed', async ({ app, sockets }) => {
    for (const origin of ['https://evil.example', `${ALLOWED_ORIGIN}.evil.example`, 'null', 'nonsense'])
      await expect(sockets.open({ origin }), origin).rejects.toThrow('403')
    for (const origin of [ALLOWED_ORIGIN, app.url]) await (await sockets.open({ origin })).init()
  })

  const upgrade = [
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  test.for(['/', '/elsewhere', '//', '/\\', 'http://[', '*'])(
    'to %s finds nothing, and the server lives',
    async (target, { app, nobody }) => {
      expect(await exchange(app.url, [`GET ${target} HTTP/1.1`, ...upgrade])).toMatch(/^HTTP\/1\.1 40[04] /)
      expect(await nobody.ask(TYPENAME)).toEqual({ __typename: 'Query' })
    },
  )

  test.for(['Upgrade: h2c', 'Upgrade: websocket'])(
    'to something else (%s) is refused',
    async (header, { app, nobody }) => {
      expect(await exchange(app.url, ['GET /graphql HTTP/1.1', 'Host: x', 'Connection: Upgrade', header])).toMatch(
        /^HTTP\/1\.1 4/,
      )
      expect(await nobody.ask(TYPENAME)).toEqual({ __typename: 'Query' })
    },
  )
})
