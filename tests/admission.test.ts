/** How many sockets a node takes, of whom, and how those it does not take are told to come again. */
import { describe, expect, vi } from 'vitest'
import { SEND } from './support/documents.ts'
import { openRawWebsocket } from './support/raw-websocket.ts'
import { testWith } from './support/test-app.ts'

const MAX = 20
const test = testWith({
  MAX_SOCKETS: `${MAX}`,
  CONNECTS_PER_SECOND: '1',
  UNNAMED_SOCKETS_PER_ADDRESS: '2',
  TRUSTED_PROXIES: '127.0.0.0/8,::1',
})

/** Through a proxy; the left-most is what the client claims. */
const from = (url: string, address: string) =>
  openRawWebsocket(url, { headers: [`X-Forwarded-For: 1.2.3.4, ${address}`] })

describe('a node', () => {
  test('that is full says so, refuses with 4512 and a time, past 5 % more with 503; and takes again', async ({
    app,
    sockets,
  }) => {
    const readiness = async () => {
      const response = await fetch(`${app.url}/readyz`)
      return [response.status, await response.text()]
    }
    expect(await readiness()).toEqual([200, 'ready\n'])
    const open = await Promise.all(Array.from({ length: MAX }, (_, i) => from(app.url, `203.0.113.${i}`)))
    expect(await readiness()).toEqual([503, 'full\n'])
    const refused = await from(app.url, '203.0.113.99') // does not answer the close, and so keeps its descriptor
    expect(refused.status).toContain('101')
    const [code, ...reason] = (await refused.next()).split(' ')
    expect(code).toBe('4512')
    expect(JSON.parse(reason.join(' '))).toEqual({ code: 'SERVICE_UNAVAILABLE', retryAfterMs: expect.any(Number) })
    const turnedAway = await openRawWebsocket(app.url)
    expect(turnedAway.head).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: \d+/)
    refused.destroy()
    for (const socket of open) socket.destroy()
    await vi.waitFor(async () => expect(await readiness()).toEqual([200, 'ready\n']), { timeout: 10_000 })
    await (await sockets.open()).roundTrip()
  })

  test('acknowledges so many at once, and tells each of the others another time', async ({ app }) => {
    const open = await Promise.all(Array.from({ length: 10 }, (_, i) => from(app.url, `203.0.113.${i}`)))
    for (const socket of open) socket.text('{"type":"connection_init"}')
    const outcomes = await Promise.all(open.map((socket) => socket.next()))
    for (const socket of open) socket.destroy()
    const refused = outcomes.filter((outcome) => outcome.startsWith('1013 '))
    expect(refused.length).toBeGreaterThan(1)
    expect(outcomes.filter((outcome) => outcome === '{"type":"connection_ack"}').length).toBe(10 - refused.length)
    const told = refused.map((text) => JSON.parse(text.slice(5)) as { code: string; retryAfterMs: number })
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['RATE_LIMITED']))
    expect(new Set(told.map(({ retryAfterMs }) => retryAfterMs)).size).toBe(told.length)
  })
})

describe('an address', () => {
  test('has so many sockets that name nobody; another one has its own', async ({ app }) => {
    const [one, another] = ['203.0.113.1', '203.0.113.2']
    const open = [await from(app.url, one), await from(app.url, one), await from(app.url, another)]
    const refused = await from(app.url, one)
    expect(await refused.next()).toMatch(/^1013 {"code":"RATE_LIMITED","retryAfterMs":\d+}$/)
    for (const each of open) {
      each.text('{"type":"ping"}')
      expect(await each.next()).toBe('{"type":"pong"}')
    }
    for (const each of [...open, refused]) each.destroy()
  })
  test.for([
    ['of IPv6 counts as one with all of its /64', ['2001:db8:1:2::1', '2001:db8:1:2::ffff', '2001:db8:1:2:a::1']],
    ['of IPv4 in the clothes of IPv6 is itself', ['203.0.113.1', '::ffff:203.0.113.1', '::ffff:cb00:7101']],
  ] as const)('%s', async ([, same], { app }) => {
    const open = []
    for (const address of same) open.push(await from(app.url, address))
    expect(await open[2]?.next()).toMatch(/^1013 {"code":"RATE_LIMITED"/)
    const other = await from(app.url, same[0].includes(':') ? '2001:db8:1:3::1' : '::ffff:203.0.113.2')
    other.text('{"type":"ping"}')
    expect(await other.next()).toBe('{"type":"pong"}')
    for (const each of [...open, other]) each.destroy()
  })

  test('has so many messages a second, all of its /64 together', async ({ app, newTenant }) => {
    const { user } = await newTenant({ addressMessagesPerSecond: 2 })
    const alice = await user('alice')
    const conversationId = await alice.begin()
    async function say(text: string, address: string) {
      const variables = { input: { conversationId, text, clientMessageId: text } }
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${alice.token}` }
      const body = JSON.stringify({ query: SEND, variables })
      const answer = await fetch(`${app.url}/graphql`, {
        ...{ method: 'POST', body },
        headers: { ...headers, 'x-forwarded-for': address },
      })
      const { data } = (await answer.json()) as { data: { sendMessage: { __typename: string } } }
      return data.sendMessage
    }
    const mine = ['::1', '::2', '::3', '::4'].map((end) => say(end, `2001:db8:1:2${end}`))
    expect(await Promise.all(mine)).toContainEqual(
      expect.objectContaining({ __typename: 'RateLimited', code: 'RATE_LIMITED' }),
    )
    expect(await say('another', '2001:db8:1:3::1')).toMatchObject({ __typename: 'SendMessagePayload' })
  })
})
