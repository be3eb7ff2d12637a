import { describe, expect } from 'vitest'
import { decodeId } from '../src/lib/ids.ts'
import { noteLastSeen } from '../src/workers/note-last-seen.ts'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { presenceFor, type Report } from './support/overheard.ts'
import { test as base, startTestApp } from './support/test-app.ts'

/** Whoever goes is offline at once. */
const pace = { everyMs: 10, leaveMs: () => 10, typing: { sayMs: 3_000, expireMs: 6_000 } }

const test = base.extend(
  'app',
  { scope: 'file' },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  async ({}, { onCleanup }) => {
    const { app, opened } = await startTestApp({ pace })
    onCleanup(() => opened.disposeAsync())
    return app
  },
)

const uuidOf = (user: Actor): string => decodeId('usr', user.id) ?? ''
const stateOf = (user: Actor, state: string) => (report: Report) =>
  report.users?.some((each) => each.userId === user.id && each.state === state) ?? false

describe('when somebody was here last', () => {
  test('is kept to the minute, for whom he shows it', async ({ app, alice, bob }) => {
    await alice.begin([bob])
    const before = Math.floor(Date.now() / 60_000) * 60_000
    const device = await bob.socket()
    const first = await presenceFor(alice, { userIds: [bob.id] })
    await first.next(stateOf(bob, 'ACTIVE'))
    device.cut()
    await first.next(stateOf(bob, 'OFFLINE'))
    await noteLastSeen(app.parts).pass()
    expect(app.parts.devices.seen().left.flatMap(({ userIds }) => userIds)).not.toContain(uuidOf(bob))
    const lastSeen = async () => (await (await presenceFor(alice, { userIds: [bob.id] })).next()).users?.[0]?.lastSeenAt
    const at = Date.parse((await lastSeen()) ?? '')
    expect(at % 60_000).toBe(0)
    expect(at).toBeGreaterThanOrEqual(before)
    await mutate(bob, 'updatePrivacy', { showLastSeen: false })
    expect(await lastSeen()).toBeNull()
    expect(await bob.ask('{ viewer { showLastSeen showReceipts } }')).toEqual({
      viewer: { showLastSeen: false, showReceipts: true },
    })
  })

  test('is noted of who stays, too; whether he wants to be seen is learned from what another node has stored', async ({
    app,
    alice,
    bob,
  }) => {
    await alice.begin([bob])
    const { next, rest } = await presenceFor(alice, { userIds: [bob.id] })
    await bob.socket()
    await next(stateOf(bob, 'ACTIVE'))
    const pass = () => noteLastSeen(app.parts).pass()
    const stored = { where: { id: uuidOf(bob) } }
    const his = async () => (await app.db.user.findFirst(stored))?.lastSeenAt?.getTime() ?? 0
    const before = Math.floor(Date.now() / 60_000) * 60_000
    await pass()
    expect(await his()).toBeGreaterThanOrEqual(before)
    await pass()
    expect(rest()).toEqual([])
    await app.db.user.updateMany({ ...stored, data: { isInvisible: true, lastSeenAt: null } })
    await pass()
    expect((await next()).users).toMatchObject([{ state: 'OFFLINE' }])
    await pass()
    expect(await his()).toBe(0)
    await app.db.user.updateMany({ ...stored, data: { isInvisible: false } })
    await pass()
    expect((await next()).users).toMatchObject([{ state: 'ACTIVE' }])
  })

  test('is not noted while he is invisible', async ({ app, alice, bob }) => {
    await alice.begin([bob])
    await mutate(bob, 'setPresence', { state: 'INVISIBLE' })
    const device = await bob.socket()
    await noteLastSeen(app.parts).pass()
    device.cut()
    await device.closed
    await noteLastSeen(app.parts).pass()
    const { next } = await presenceFor(alice, { userIds: [bob.id] })
    expect((await next()).users).toEqual([{ userId: bob.id, state: 'OFFLINE', lastSeenAt: null }])
  })
})
