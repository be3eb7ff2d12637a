/** What a hostile client sends over a WebSocket, and that it harms nobody but itself. */
import { describe, expect } from 'vitest'
import { textOf } from './support/actor.ts'
import { LISTEN, SEND } from './support/documents.ts'
import { frameOf, openRawWebsocket } from './support/raw-websocket.ts'
import { test } from './support/test-app.ts'

const TYPENAME = '{ __typename }'

describe('a frame', () => {
  test('of bytes closes its socket with 4400', async ({ app, nobody }) => {
    const raw = await openRawWebsocket(app.url)
    expect(raw.status).toContain('101')
    raw.write(frameOf('binary', Buffer.from('{"type":"connection_init"}')))
    expect(await raw.next()).toBe('4400 Send text frames')
    raw.destroy()
    expect(await nobody.ask(TYPENAME)).toEqual({ __typename: 'Query' })
  })

  test('without a mask ends its connection', async ({ app, nobody }) => {
    const raw = await openRawWebsocket(app.url)
    raw.write(frameOf('text', Buffer.from('{"type":"connection_init"}'), { masked: false }))
    expect(await raw.next()).toMatch(/^1002 /)
    await raw.ended
    expect(await nobody.ask(TYPENAME)).toEqual({ __typename: 'Query' })
  })

  test.for([
    ['with reserved bits', Buffer.from([0xf1, 0x80, 1, 2, 3, 4])],
    ['of an unknown kind', Buffer.from([0x83, 0x80, 1, 2, 3, 4])],
    ['that tells of 2^62 bytes', Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
    ['of control that is too long', Buffer.from([0x89, 0xfe, 0x01, 0x00, 1, 2, 3, 4])],
  ] as const)('%s ends its connection', async ([, bytes], { app, nobody }) => {
    const raw = await openRawWebsocket(app.url)
    raw.write(bytes)
    await raw.ended
    expect(await nobody.ask(TYPENAME)).toEqual({ __typename: 'Query' })
  })
})

/** Of a subscription’s frames. */
const textsOf = (frames: { payload?: unknown }[]) =>
  frames.map(
    ({ payload }) =>
      (payload as { data?: { conversationEvents: { message?: { text: string } } } } | undefined)?.data
        ?.conversationEvents.message?.text,
  )

describe('operations', () => {
  test('of 200 subscriptions at once 100 run, the others are refused alone; one that ends makes room', async ({
    alice,
  }) => {
    const conversationId = await alice.begin()
    const socket = await alice.socket()
    const all = Array.from({ length: 200 }, (_, i) => socket.subscribe(`${i}`, textOf(LISTEN), { conversationId }))
    const first = await Promise.all(all.map((frames) => frames.next()))
    expect(first.slice(0, 100).map(({ type }) => type)).toEqual(Array.from({ length: 100 }, () => 'next'))
    for (const refused of first.slice(100))
      expect(refused).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'subscriptionsPerSocket', max: 100 } }],
      })
    await alice.send(conversationId, 'to all that run')
    for (const frames of all.slice(0, 100)) expect((await frames.next()).type).toBe('next')
    socket.send({ type: 'complete', id: '0' })
    await socket.roundTrip()
    expect(await socket.subscribe('one more', textOf(LISTEN), { conversationId }).next()).toMatchObject({
      type: 'next',
    })
  })

  test('10,000 pairs of subscribe and complete are refused past the limit, and others hear as ever', async ({
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const reader = await bob.listen(conversationId)
    const socket = await alice.socket()
    for (let i = 0; i < 10_000; i += 100)
      socket.sendTogether(
        ...Array.from({ length: 100 }, (_, n) => [
          { type: 'subscribe', id: `${i + n}`, payload: { query: TYPENAME } },
          { type: 'complete', id: `${i + n}` },
        ]).flat(),
      )
    await alice.send(conversationId, 'meanwhile')
    expect(await reader.next()).toMatchObject({ message: { text: 'meanwhile' } })
    const { code, reason } = await socket.closed
    expect({ code, reason: JSON.parse(reason) }).toEqual({
      code: 1013,
      reason: { code: 'RATE_LIMITED', limit: 'operationsPerSecond', retryAfterMs: 5_000 },
    })
    const refused = socket.frames.rest().filter(({ type }) => type === 'error')
    expect(refused.length).toBeGreaterThanOrEqual(1_000)
    expect(refused[0]?.payload).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number), max: 200 } },
    ])
    expect(await alice.ask(TYPENAME)).toEqual({ __typename: 'Query' })
  })

  test('begun under the id of one that is still being written, is the only one under it', async ({
    tenant,
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const socket = await alice.socket()
    const witness = await bob.listen(conversationId)
    const payload = { query: textOf(LISTEN), variables: { conversationId } }
    const [begun, completed] = [
      { type: 'subscribe', id: 'same', payload },
      { type: 'complete', id: 'same' },
    ]
    const frames = socket.subscribe('same', payload.query, payload.variables)
    await frames.next()
    socket.pause()
    await tenant.fill(conversationId, alice, 600, () => 'x'.repeat(16_000)) // more than the kernel's buffers take
    socket.sendTogether(completed, begun, completed, begun)
    const marker = { conversationId, clientMessageId: 'marker', text: 'they have been read' }
    socket.subscribe('marker', textOf(SEND), { input: marker })
    await witness.next((event) => 'message' in event && event.message?.text === marker.text)
    socket.resume()
    const isSubscribed = ({ payload }: { payload?: unknown }) => JSON.stringify(payload ?? '').includes('Subscribed')
    expect(isSubscribed(await frames.next((frame) => isSubscribed(frame) || frame.type !== 'next'))).toBe(true)
    await alice.send(conversationId, 'heard')
    await frames.next(({ payload }) => textsOf([{ payload }])[0] === 'heard')
    socket.send(completed)
    await socket.roundTrip()
    await alice.send(conversationId, 'unheard')
    await socket.roundTrip()
    expect(frames.rest()).toEqual([])
  })
})

describe('connection_init', () => {
  const init = (bytes: number) => {
    const [head, tail] = ['{"type":"connection_init","payload":{"fill":"', '"}}']
    return `${head}${'x'.repeat(bytes - head.length - tail.length)}${tail}`
  }

  test('of 4 KB is taken, one byte more closes with 4511', async ({ sockets }) => {
    const good = await sockets.open()
    good.send(init(4_096))
    expect((await good.frames.next()).type).toBe('connection_ack')
    const bad = await sockets.open()
    bad.send(init(4_097))
    expect((await bad.closed).code).toBe(4511)
  })

  test('many times over one socket closes it once', async ({ sockets, nobody }) => {
    const socket = await sockets.open()
    socket.sendTogether(...Array.from({ length: 1_000 }, () => ({ type: 'connection_init' })))
    expect((await socket.closed).code).toBe(4429)
    expect(await nobody.ask(TYPENAME)).toEqual({ __typename: 'Query' })
  })
})
