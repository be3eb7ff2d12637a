/** How long a socket may stay: the token it was opened with, and who takes it away. */
import { describe, expect } from 'vitest'
import type { App } from '../src/app.ts'
import { type Actor, createActor, textOf } from './support/actor.ts'
import { FEED, LISTEN } from './support/documents.ts'
import { mutate } from './support/mutate.ts'
import { SOON_MS } from './support/soon.ts'
import { type Sockets, type TestTenant, test } from './support/test-app.ts'
import type { TransportSocket } from './support/transport-socket.ts'

const TYPENAME = '{ __typename }'
const RENEW = `mutation ($input: RenewSessionInput!) { renewSession(input: $input) {
  __typename ... on RenewSessionPayload { tokenExpiresAt } ... on ChatError { code explanation } ... on InvalidInput { path } } }`

const shortLived = async ({
  app,
  tenant,
  who,
  ttlSeconds,
}: {
  app: App
  tenant: TestTenant
  who: Actor
  ttlSeconds: number
}) => (await app.parts.tokens.make(tenant.uuid, { externalId: who.externalId, ttlSeconds })).token

async function openWith(sockets: Sockets, token: string): Promise<TransportSocket> {
  const socket = await sockets.open()
  await socket.init({ Authorization: `Bearer ${token}` })
  return socket
}

async function renew(socket: TransportSocket, token: string): Promise<Record<string, unknown>> {
  const { payload } = await socket.subscribe(`renew ${token.slice(-8)}`, RENEW, { input: { token } }).next()
  return (payload as { data: { renewSession: Record<string, unknown> } }).data.renewSession
}

const refusal = (code: string) => ({ type: 'error', payload: [{ extensions: { code, retryable: false } }] })

describe('a token that ends while its socket is open', () => {
  test('is warned of a minute before', async ({ app, tenant, alice, sockets }) => {
    const socket = await openWith(sockets, await shortLived({ app, tenant, who: alice, ttlSeconds: 61 }))
    const { payload } = await socket.frames.next(({ type }) => type === 'ping')
    expect(payload).toEqual({ type: 'expiring', expiresInMs: expect.any(Number) })
    expect((payload as { expiresInMs: number }).expiresInMs).toBeLessThanOrEqual(60_000)
  })

  test('ends every operation with TOKEN_EXPIRED, and renewSession opens the socket again', async ({
    app,
    tenant,
    alice,
    sockets,
  }) => {
    const conversationId = await alice.begin()
    const socket = await openWith(sockets, await shortLived({ app, tenant, who: alice, ttlSeconds: 2 }))
    const operations = [
      socket.subscribe('feed', textOf(FEED)),
      socket.subscribe('listen', textOf(LISTEN), { conversationId }),
    ]
    for (const frames of operations) {
      await frames.next()
      expect(await frames.next()).toMatchObject(refusal('TOKEN_EXPIRED'))
    }
    expect(await socket.subscribe('late', TYPENAME).next()).toMatchObject(refusal('TOKEN_EXPIRED'))
    await alice.send(conversationId, 'unheard')
    await socket.roundTrip()
    for (const frames of operations) expect(frames.rest()).toEqual([])
    expect(await renew(socket, alice.token)).toMatchObject({ __typename: 'RenewSessionPayload' })
    expect(await socket.subscribe('again', TYPENAME).next()).toMatchObject({ type: 'next' })
  })

  test('and is renewed before, ends nothing', async ({ app, tenant, alice, sockets }) => {
    const conversationId = await alice.begin()
    const token = await shortLived({ app, tenant, who: alice, ttlSeconds: 3 })
    const [renewed, left] = [await openWith(sockets, token), await openWith(sockets, token)]
    const reader = await alice.listen(conversationId, { on: renewed })
    const ending = left.subscribe('feed', textOf(FEED))
    const { tokenExpiresAt } = await renew(renewed, alice.token)
    expect(new Date(String(tokenExpiresAt)).getTime()).toBeGreaterThan(Date.now() + 60_000)
    await ending.next(({ type }) => type === 'error')
    await alice.send(conversationId, 'heard')
    expect(await reader.next()).toMatchObject({ message: { text: 'heard' } })
  })

  test('ends server-sent events, too', async ({ app, tenant, alice }) => {
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${await shortLived({ app, tenant, who: alice, ttlSeconds: 2 })}`,
      },
      body: JSON.stringify({ query: textOf(FEED) }),
    })
    expect(await response.text()).toContain('TOKEN_EXPIRED')
  })
})

describe('renewSession', () => {
  test('takes a valid token of the same user alone', async ({ alice, bob, stranger, tenant, nobody }) => {
    const socket = await alice.socket()
    const forbidden = { __typename: 'Forbidden', explanation: expect.stringContaining('another user') }
    expect(await renew(socket, bob.token)).toMatchObject(forbidden)
    expect(await renew(socket, stranger.token)).toMatchObject(forbidden)
    expect(await renew(socket, tenant.serverKey)).toMatchObject(forbidden)
    expect(await renew(socket, 'no token')).toMatchObject({ __typename: 'InvalidInput', path: 'input.token' })
    expect(await renew(await nobody.socket(), alice.token)).toMatchObject({ __typename: 'Forbidden' })
    expect(await socket.subscribe('still', TYPENAME).next()).toMatchObject({ type: 'next' })
  })

  test('over HTTP says what it is for', async ({ alice }) => {
    expect(await alice.ask(RENEW, { input: { token: alice.token } })).toEqual({
      renewSession: {
        __typename: 'Forbidden',
        code: 'FORBIDDEN',
        explanation: 'renewSession is for a WebSocket that stays open; over HTTP send the new token with each request',
      },
    })
  })
})

const TOMORROW = new Date(Date.now() + 86_400_000)

describe('what is revoked ends open sockets, their operations first:', () => {
  /** When its feed runs; answers what waits until that and the socket are ended for this reason. */
  async function listening(socket: TransportSocket): Promise<(message: RegExp) => Promise<void>> {
    const frames = socket.subscribe('feed', textOf(FEED))
    await frames.next()
    return async (message) => {
      expect(await frames.next(({ type }) => type !== 'next')).toMatchObject({
        type: 'error',
        payload: [{ message: expect.stringMatching(message), extensions: { code: 'UNAUTHENTICATED' } }],
      })
      const { code, reason } = await socket.closed
      expect({ code, reason: JSON.parse(reason) }).toMatchObject({ code: 4403, reason: { code: 'UNAUTHENTICATED' } })
    }
  }

  test('the key that signs a tenant’s tokens, and no other tenant’s', async ({ app, tenant, alice, stranger }) => {
    const [own, foreign] = [await alice.socket(), await stranger.socket()]
    const gone = await listening(own)
    await app.parts.tenants.rotateSigningKey(tenant.uuid, { oldUntil: null })
    await gone(/key is revoked/)
    expect(await foreign.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
    const renewed = await tenant.user('alice')
    expect(await (await renewed.socket()).subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
  })

  test('a tenant that is suspended, and no other; who comes is refused until it is resumed', async ({
    app,
    tenant,
    alice,
    stranger,
    sockets,
  }) => {
    const SUSPENDED = 'TENANT_SUSPENDED'
    const [own, foreign] = [await alice.socket(), await stranger.socket()]
    const frames = own.subscribe('feed', textOf(FEED))
    await frames.next()
    expect(await app.parts.tenants.suspend(tenant.uuid)).toBe(true)
    const asked = performance.now()
    expect(await frames.next()).toMatchObject(refusal(SUSPENDED))
    const { code, reason } = await own.closed
    expect({ code, reason: JSON.parse(reason) }).toMatchObject({ code: 4403, reason: { code: SUSPENDED } })
    expect(performance.now() - asked).toBeLessThan(SOON_MS)
    expect(await foreign.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
    for (const knocking of [alice, tenant.backEnd])
      expect(await knocking.answer(TYPENAME)).toMatchObject({ errors: [{ extensions: { code: SUSPENDED } }] })
    const knock = await sockets.open()
    knock.send({ type: 'connection_init', payload: { Authorization: `Bearer ${alice.token}` } })
    expect(await knock.closed).toMatchObject({ code: 4403, reason: expect.stringContaining(SUSPENDED) })
    expect(await app.parts.tenants.suspend(tenant.uuid)).toBe(false)
    expect(await app.parts.tenants.resume(tenant.uuid)).toBe(true)
    const back = await alice.socket()
    expect(await back.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
    expect(await app.parts.tenants.resume(tenant.uuid)).toBe(false)
  })

  test('the secret before the last: two are good at a time', async ({ app, tenant, alice }) => {
    const { tenants } = app.parts
    const first = await alice.socket()
    await tenants.rotateSigningKey(tenant.uuid, { oldUntil: TOMORROW })
    const renewed = await tenant.user('alice')
    const second = await renewed.socket()
    expect(await (await alice.socket()).subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
    const gone = await listening(first)
    await tenants.rotateSigningKey(tenant.uuid, { oldUntil: TOMORROW })
    await gone(/key is revoked/)
    expect(await second.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
  })

  test('the secret that was replaced, at the time that was said, and no other', async ({ app, tenant, alice }) => {
    const { tenants } = app.parts
    const first = await alice.socket()
    const until = new Date(Date.now() + 700)
    const gone = await listening(first)
    await tenants.rotateSigningKey(tenant.uuid, { oldUntil: until })
    const renewed = await tenant.user('alice')
    const second = await renewed.socket()
    expect(await tenants.keys(tenant.uuid)).toMatchObject([{ goodUntil: until }, { goodUntil: null }])
    await gone(/key is revoked/)
    expect(Date.now() - until.getTime()).toBeGreaterThanOrEqual(0)
    expect(Date.now() - until.getTime()).toBeLessThan(SOON_MS)
    expect(await second.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
    const isRefused = async () => (await alice.answer(TYPENAME)).errors[0]?.extensions?.code
    await expect.poll(isRefused, { timeout: 5_000 }).toBe('UNAUTHENTICATED')
    expect(await tenants.keys(tenant.uuid)).toMatchObject([{ goodUntil: null }])
  })

  test('a user that is deactivated, and nobody else', async ({ tenant, alice, bob }) => {
    const [own, other] = [await alice.socket(), await bob.socket()]
    const gone = await listening(own)
    await mutate(tenant.backEnd, 'deactivateUsers', { externalIds: ['alice'], deactivated: true })
    await gone(/deactivated/)
    expect(await other.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
  })

  test('a server key', async ({ app, tenant }) => {
    const key = await app.parts.serverKeys.create(tenant.uuid, 'second')
    const backEnd = createActor({ id: '', externalId: '', token: key }, { url: app.url, adopt: () => {} })
    const [own, other] = [await backEnd.socket(), await tenant.backEnd.socket()]
    const second = (await app.parts.serverKeys.list(tenant.uuid)).find(({ name }) => name === 'second')
    expect(await app.parts.serverKeys.revoke(tenant.uuid, second?.id ?? '')).toBe(true)
    expect((await own.closed).code).toBe(4403)
    expect(await other.subscribe('on', TYPENAME).next()).toMatchObject({ type: 'next' })
    other.cut()
  })
})

describe('a user', () => {
  test('has ten sockets; the next is refused with 4513; one that goes makes room', async ({ alice, bob }) => {
    const open = await Promise.all(Array.from({ length: 10 }, () => alice.socket()))
    const refused = await alice.socket().catch((error) => String(error))
    expect(refused).toMatch(/4513 {"code":"LIMIT_EXCEEDED","limit":"socketsPerUser","max":10,"retryAfterMs":\d+}/)
    await bob.socket()
    for (const socket of open) await socket.roundTrip()
    open[0]?.close()
    await open[0]?.closed
    await (await alice.socket()).roundTrip()
  })

  test('has as many as his tenant’s settings say', async ({ newTenant }) => {
    const alice = await (await newTenant({ socketsPerUser: 1 })).user('alice')
    await alice.socket()
    await expect(alice.socket()).rejects.toThrow('"max":1,')
  })
})
