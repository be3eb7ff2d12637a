import { describe, expect } from 'vitest'
import { encodeId, newUuid } from '../src/lib/ids.ts'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { presenceFor, type Report } from './support/overheard.ts'
import { test as base, startTestApp } from './support/test-app.ts'

/** As long as the test wants. */
const pace = { everyMs: 10, leaveMs: () => leaveMs, typing: { sayMs: 3_000, expireMs: 6_000 } }
let leaveMs = 10

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('app', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { app, opened } = await startTestApp({ pace })
    onCleanup(() => opened.disposeAsync())
    return app
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend('leaving', ({}, { onCleanup }) => {
    leaveMs = 10
    onCleanup(() => {
      leaveMs = 10
    })
    return { takes: (ms: number) => (leaveMs = ms) }
  })

const stateOf = (user: Actor, state: string) => (report: Report) =>
  report.users?.some((each) => each.userId === user.id && each.state === state) ?? false

async function say(device: Awaited<ReturnType<Actor['socket']>>, state: string): Promise<void> {
  const query = `mutation { setPresence(input: { state: ${state} }) { __typename } }`
  const frame = await device.subscribe(`say ${newUuid()}`, query).next()
  expect(frame.payload).toEqual({ data: { setPresence: { __typename: 'SetPresencePayload' } } })
}

describe('the presence of chosen users', () => {
  test('is a snapshot, then what changes: here with the first device, the best of them counts, gone with the last', async ({
    alice,
    bob,
    carol,
  }) => {
    await alice.begin([bob, carol])
    const { next } = await presenceFor(alice, { userIds: [bob.id, carol.id] })
    expect(await next()).toEqual({
      __typename: 'PresenceReport',
      isSnapshot: true,
      coverage: 'FULL',
      online: 0,
      users: [bob, carol].map(({ id }) => ({ userId: id, state: 'OFFLINE', lastSeenAt: null })),
    })
    const phone = await bob.socket()
    expect(await next()).toMatchObject({ isSnapshot: false, online: 1, users: [{ userId: bob.id, state: 'ACTIVE' }] })
    await say(phone, 'IDLE')
    expect(await next()).toMatchObject({ online: 1, users: [{ userId: bob.id, state: 'IDLE' }] })
    const desk = await bob.socket()
    expect(await next()).toMatchObject({ users: [{ userId: bob.id, state: 'ACTIVE' }] })
    desk.cut()
    expect(await next()).toMatchObject({ users: [{ userId: bob.id, state: 'IDLE' }] })
    phone.cut()
    const gone = await next()
    expect(gone).toMatchObject({ isSnapshot: false, online: 0, users: [{ userId: bob.id, state: 'OFFLINE' }] })
    expect(gone.users?.[0]?.lastSeenAt).toMatch(/:00(\.000)?Z$/)
  })

  test('does not flap when somebody comes back in time', async ({ alice, bob, leaving }) => {
    leaving.takes(60_000)
    await alice.begin([bob])
    const { next } = await presenceFor(alice, { userIds: [bob.id] })
    await next()
    const devices = [await bob.socket()]
    expect((await next()).users).toMatchObject([{ state: 'ACTIVE' }])
    for (let i = 0; i < 3; i++) {
      const device = devices.pop()
      device?.close()
      await device?.closed
      devices.push(await bob.socket())
    }
    await say(devices[0]!, 'IDLE')
    expect((await next()).users).toMatchObject([{ state: 'IDLE' }])
  })

  test('over HTTP a user speaks for all his devices', async ({ alice, bob }) => {
    await alice.begin([bob])
    const { next } = await presenceFor(alice, { userIds: [bob.id] })
    await bob.socket()
    await bob.socket()
    await next(stateOf(bob, 'ACTIVE'))
    await mutate(bob, 'setPresence', { state: 'IDLE' })
    expect(await next(({ isSnapshot }) => !isSnapshot)).toMatchObject({ users: [{ state: 'IDLE' }] })
  })

  test('hides who is invisible, on all devices and when he comes again, until he is active', async ({ alice, bob }) => {
    await alice.begin([bob])
    const device = await bob.socket()
    const { next, rest } = await presenceFor(alice, { userIds: [bob.id] })
    await next(stateOf(bob, 'ACTIVE'))
    await mutate(bob, 'setPresence', { state: 'INVISIBLE' })
    expect((await next()).users).toMatchObject([{ state: 'OFFLINE' }])
    await say(await bob.socket(), 'IDLE')
    device.cut()
    await bob.socket()
    expect(await bob.ask('{ viewer { invisible } }')).toEqual({ viewer: { invisible: true } })
    expect(rest()).toEqual([])
    await mutate(bob, 'setPresence', { state: 'ACTIVE' })
    expect((await next()).users).toMatchObject([{ state: 'ACTIVE' }])
  })

  test('tells nothing of strangers, as of nobody, and is asked of 200 at most', async ({
    alice,
    mallory,
    stranger,
    bob,
  }) => {
    await alice.begin([bob])
    await Promise.all([mallory.socket(), stranger.socket()])
    const nobody = encodeId('usr', newUuid())
    const hidden = [mallory.id, stranger.id, nobody]
    const others = Array.from({ length: 197 }, () => encodeId('usr', newUuid()))
    const { next } = await presenceFor(alice, { userIds: [...hidden, ...others, mallory.id] })
    const { users = [], online } = await next()
    expect([users.length, online]).toEqual([200, 0])
    expect(users.slice(0, 3)).toEqual(hidden.map((userId) => ({ userId, state: 'OFFLINE', lastSeenAt: null })))
    const garbage = await presenceFor(alice, { userIds: ['', 'nobody', bob.id] })
    expect((await garbage.next()).users).toMatchObject([{ userId: bob.id }])

    const refused = async (variables: Parameters<typeof presenceFor>[1]) =>
      (await presenceFor(alice, variables)).refused()
    const tooMany = await refused({ userIds: [...hidden, ...others, bob.id] })
    expect(tooMany).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'presenceIds', max: 200 })
    for (const both of [{}, { userIds: [], conversationId: nobody }])
      expect(await refused(both)).toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('is told only while they share a conversation', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const device = await bob.socket()
    const { next } = await presenceFor(alice, { userIds: [bob.id] })
    await next(stateOf(bob, 'ACTIVE'))
    await alice.remove(conversation, bob)
    await say(device, 'IDLE')
    expect((await next()).users).toEqual([{ userId: bob.id, state: 'OFFLINE', lastSeenAt: null }])
    await alice.begin([bob])
    await say(device, 'ACTIVE')
    expect((await next()).users).toMatchObject([{ state: 'ACTIVE' }])
  })
})

describe('the presence of a conversation', () => {
  test('lists all, then a few and their count, then the count, as its members come, join, leave and go', async ({
    app,
    tenant,
    alice,
    bob,
    carol,
  }) => {
    const settings = { limits: { presenceListed: 2, presenceSampled: 3 } }
    await app.db.tenant.update({ where: { id: tenant.uuid }, data: { settings } })
    const [dora, erin] = [await tenant.user('dora'), await tenant.user('erin')]
    const conversationId = await alice.begin([bob, carol, dora])
    const limits = async () => (await alice.ask<{ limits: object }>('{ limits { presenceListed } }')).limits
    await expect.poll(limits, { timeout: 20_000, interval: 500 }).toEqual({ presenceListed: 2 })
    const { next } = await presenceFor(alice, { conversationId })
    const listed = (...users: [Actor, string][]) => ({
      users: users.map(([{ id }, state]) => ({ userId: id, state, lastSeenAt: null })),
    })
    const first = await next(({ online }) => online === 1)
    expect(first).toMatchObject({ coverage: 'FULL', ...listed([alice, 'ACTIVE']) })
    const [his] = [await bob.socket(), await erin.socket()]
    expect(await next()).toMatchObject({ isSnapshot: false, coverage: 'FULL', online: 2, ...listed([bob, 'ACTIVE']) })
    await say(his, 'IDLE')
    expect(await next()).toMatchObject({ isSnapshot: false, online: 2, ...listed([bob, 'IDLE']) })
    await carol.socket()
    expect(await next()).toMatchObject({
      ...{ isSnapshot: true, coverage: 'SAMPLE', online: 3 },
      ...listed([alice, 'ACTIVE'], [bob, 'IDLE'], [carol, 'ACTIVE']),
    })
    await alice.add(conversationId, erin)
    expect(await next()).toMatchObject({ isSnapshot: true, coverage: 'COUNT', online: 4, users: [] })
    await alice.remove(conversationId, carol)
    await alice.remove(conversationId, erin)
    his.cut()
    expect(await next(({ coverage }) => coverage === 'FULL')).toMatchObject({ isSnapshot: true })
  })

  test('ends with AccessRevoked when the viewer is removed, and is refused to who is no member', async ({
    alice,
    bob,
    mallory,
    stranger,
  }) => {
    const conversationId = await alice.begin([bob])
    const { next, ended } = await presenceFor(bob, { conversationId })
    await next()
    await alice.remove(conversationId, bob)
    expect(await next(({ __typename }) => __typename === 'AccessRevoked')).toMatchObject({ conversationId })
    expect(await ended()).toMatchObject({ type: 'complete' })
    const refused = async (actor: Actor) => (await (await presenceFor(actor, { conversationId })).refused()).code
    expect(await refused(bob)).toBe('FORBIDDEN')
    for (const actor of [mallory, stranger]) expect(await refused(actor)).toBe('NOT_FOUND')
  })
})
