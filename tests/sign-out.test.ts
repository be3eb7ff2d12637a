/** Where a user is signed in, and how he ends it: one place, or all; on every node. */
import { describe, expect } from 'vitest'
import { createConnections } from '../src/accounts/connections.ts'
import { newUuid } from '../src/lib/ids.ts'
import type { UserCaller } from '../src/model.ts'
import { type Actor, createActor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { type Sockets, type TestTenant, test } from './support/test-app.ts'
import type { TransportSocket } from './support/transport-socket.ts'

interface Shown {
  id: string
  isOpen: boolean
  isThisOne: boolean
  userAgent: string | null
  network: string
  openedAt: string
  lastSeenAt: string
}
const CONNECTIONS = '{ viewer { connections { id isOpen isThisOne userAgent network openedAt lastSeenAt } } }'
const FEED = 'subscription { feed { __typename ... on SignedOut { connectionId } } }'

const connectionsOf = async (actor: Actor) =>
  (await actor.ask<{ viewer: { connections: Shown[] } }>(CONNECTIONS)).viewer.connections

async function ownOf(socket: TransportSocket): Promise<Shown> {
  const { payload } = await socket.subscribe(`own ${newUuid()}`, CONNECTIONS).next()
  const { viewer } = (payload as { data: { viewer: { connections: Shown[] } } }).data
  return viewer.connections.find(({ isThisOne }) => isThisOne) as Shown
}

/** The same user with another token. */
const another = async ({ url, tenant, sockets }: { url: string; tenant: TestTenant; sockets: Sockets }, who: Actor) => {
  const made = await mutate(tenant.backEnd, 'createToken', { externalId: who.externalId, ttlSeconds: 600 }, 'token')
  return createActor({ ...who, token: String(made.token) }, { url, adopt: sockets.adopt })
}

/** All that comes until it is closed: what the feed told, what it ended with, and the closing. */
async function endOf(socket: TransportSocket, connectionId: string | null) {
  const frames = socket.subscribe(`feed ${newUuid()}`, FEED)
  await frames.next() // Subscribed
  return async () => {
    expect((await frames.next()).payload).toEqual({ data: { feed: { __typename: 'SignedOut', connectionId } } })
    expect(await frames.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(await socket.closed).toMatchObject({ code: 4403, reason: expect.stringContaining('signed out') })
  }
}

describe('where he is signed in', () => {
  test('is shown to him alone: what, whence, since when, and which is this one', async ({ alice, bob }) => {
    const [socket] = [await alice.socket(), await bob.socket()]
    const own = await ownOf(socket)
    expect(own).toMatchObject({ isOpen: true, isThisOne: true, network: expect.stringMatching(/\/(24|48)$/) })
    expect(Date.now() - new Date(own.openedAt).getTime()).toBeLessThan(60_000)
    expect(await connectionsOf(alice)).toMatchObject([{ id: own.id, isThisOne: false }])
  })

  test('is still shown, once a browser and network, when it is closed', async ({ alice }) => {
    for (const socket of [await alice.socket(), await alice.socket()]) {
      socket.close()
      await socket.closed
    }
    const { id } = await ownOf(await alice.socket())
    const isGone = ([open, closed, ...more]: Shown[]) => open?.id === id && closed?.isOpen === false && !more.length
    await expect.poll(async () => isGone(await connectionsOf(alice))).toBe(true)
  })

  test('is told of event streams, too', async ({ app, alice }) => {
    const stopping = new AbortController()
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${alice.token}`, 'user-agent': 'reader/1' }
    const response = await fetch(`${app.url}/graphql/stream?query=${encodeURIComponent(FEED)}`, {
      headers,
      signal: stopping.signal,
    })
    await response.body?.getReader().read()
    expect(await connectionsOf(alice)).toMatchObject([{ userAgent: 'reader/1', isOpen: true }])
    stopping.abort()
  })

  test('ends where its node gives no sign of life', async ({ app: { db }, tenant, alice }) => {
    const { id: userId } = await db.user.findFirstOrThrow({
      where: { tenantId: tenant.uuid, externalId: alice.externalId },
    })
    const caller = { tenantId: tenant.uuid, userId, tokenHash: 'hash', expiresAt: new Date() } as UserCaller
    const [dead, living] = [newUuid(), newUuid()].map((node) => ({ node, ...createConnections({ db, node }) }))
    for (const node of [dead!, living!]) {
      node.opened(caller, { address: '192.0.2.0/24', userAgent: node.node })
      await node.write()
      await node.live()
    }
    const [seenAt, lastSeenAt] = [new Date(Date.now() - 61_000), expect.any(String)]
    await db.nodeLife.update({ where: { node: dead!.node }, data: { seenAt } })
    await living!.live()
    expect(await connectionsOf(alice)).toMatchObject([
      { userAgent: living!.node, isOpen: true, lastSeenAt },
      { userAgent: dead!.node, isOpen: false, lastSeenAt: seenAt.toISOString() },
    ])
  })
})

describe('signing out', () => {
  test('of one place ends what was opened with its token, and nothing else; the token is refused', async ({
    app: { url },
    tenant,
    sockets,
    alice,
  }) => {
    const phone = await another({ url, tenant, sockets }, alice)
    const [lost, kept] = [await phone.socket(), await alice.socket()]
    const { id } = await ownOf(lost)
    const ended = await endOf(lost, id)
    expect(await mutate(alice, 'signOut', { connectionId: id }, 'connectionId')).toMatchObject({ connectionId: id })
    await ended()
    await expect(phone.socket()).rejects.toThrow('signed out')
    expect((await phone.answer(CONNECTIONS)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await kept.subscribe('still', '{ __typename }').next()).toMatchObject({ type: 'next' })
  })

  test('of one place is of the token that it was renewed with', async ({ app: { url }, tenant, sockets, alice }) => {
    const [before, after] = [
      await another({ url, tenant, sockets }, alice),
      await another({ url, tenant, sockets }, alice),
    ]
    const socket = await before.socket()
    const { id } = await ownOf(socket)
    await socket
      .subscribe('renew', `mutation { renewSession(input: { token: "${after.token}" }) { __typename } }`)
      .next()
    await mutate(alice, 'signOut', { connectionId: id })
    expect((await socket.closed).code).toBe(4403)
    await expect(after.socket()).rejects.toThrow('signed out')
    await (await before.socket()).roundTrip()
  })

  test('everywhere ends all that is open, here too, and every token of before; a new one is good at once', async ({
    app: { url },
    tenant,
    sockets,
    alice,
    bob,
  }) => {
    const phone = await another({ url, tenant, sockets }, alice)
    const [one, two, others] = [await alice.socket(), await phone.socket(), await bob.socket()]
    const ends = [await endOf(one, null), await endOf(two, null)]
    expect(await mutate(alice, 'signOutEverywhere', {}, 'userId')).toMatchObject({ userId: alice.id })
    const later = await another({ url, tenant, sockets }, alice)
    await (await later.socket()).roundTrip()
    for (const ended of ends) await ended()
    for (const actor of [alice, phone]) await expect(actor.socket()).rejects.toThrow('signed out')
    await others.roundTrip()
  })

  test('of a user by the back end is the same; of one’s own by another is refused', async ({ tenant, alice, bob }) => {
    const socket = await alice.socket()
    expect(await mutate(bob, 'signOutEverywhere', { userId: alice.id })).toMatchObject({ __typename: 'Forbidden' })
    expect(await mutate(tenant.backEnd, 'signOutEverywhere', {})).toMatchObject({ __typename: 'NotFound' })
    await mutate(tenant.backEnd, 'signOutEverywhere', { userId: alice.id })
    expect((await socket.closed).code).toBe(4403)
  })

  test('of another’s place is as of none', async ({ alice, bob }) => {
    const socket = await bob.socket()
    const { id } = await ownOf(socket)
    const answers = [id, id.replace(/.{4}$/, '0000'), 'nothing'].map((connectionId) =>
      mutate(alice, 'signOut', { connectionId }),
    )
    expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await answers[0]).toMatchObject({ __typename: 'NotFound' })
    await socket.roundTrip()
  })
})
