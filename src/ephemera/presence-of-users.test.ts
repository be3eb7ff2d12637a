import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noAversionsNow } from '../../tests/support/no-aversions.ts'
import type { Bus } from '../bus/bus.ts'
import { memoryBus } from '../bus/memory.ts'
import type { Access } from '../conversations/access.ts'
import { newUuid } from '../lib/ids.ts'
import type { PresenceState, UserCaller, UserName } from '../model.ts'
import { memoryPresence, presenceStore } from '../presence/memory.ts'
import { announceOn } from './announce.ts'
import { createPresenceChanges } from './presence-changes.ts'
import { type PresenceReport, presenceOfUsers } from './presence-of-users.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const tenantId = newUuid()
const [anna, ben] = [
  { tenantId, userId: newUuid() },
  { tenantId, userId: newUuid() },
]
const viewer = { kind: 'USER', tenantId, userId: newUuid() } as UserCaller

async function open({ bus = memoryBus(), isAway = () => false }: { bus?: Bus; isAway?: () => boolean } = {}) {
  const presence = memoryPresence({ store: presenceStore(), gateway: 'one' })
  await presence.renew(3_600_000)
  const changes = createPresenceChanges({ bus, presence })
  const access: Pick<Access, 'toWatch'> = {
    async toWatch(_, userIds) {
      if (isAway()) throw new Error('the database is away')
      return userIds.map(() => ({ showsLastSeen: true, lastSeenAt: null }))
    },
  }
  const parts = { changes, access: access as Access, devices: { leftAt: () => null }, aversionsNow: noAversionsNow }
  const given = presenceOfUsers(parts, { viewer, userIds: [anna.userId, ben.userId], everyMs: 1_000 })
  const reports: PresenceReport[] = []
  const reading = (async () => {
    for await (const report of given) reports.push(report)
  })()
  await settled()
  return {
    ...{ reports, changes },
    async put(user: UserName, state: PresenceState) {
      const change = await presence.put(user, state)
      announceOn(bus)({ ...user, ...change, at: new Date() })
      await settled()
    },
    async end() {
      await given.return?.()
      await reading
    },
  }
}

/** All that is on its way has come: nothing here waits but for turns of the loop. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate)
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await settled()
}

const states = ({ users }: PresenceReport) =>
  users.map(({ userId, state }) => [userId === anna.userId ? 'anna' : 'ben', state])

test('however much happens, a listener is told once a second, and of each the newest', async () => {
  const { reports, put, end } = await open()
  await put(anna, 'ACTIVE')
  for (let i = 0; i < 50; i++) {
    await put(anna, i % 2 ? 'ACTIVE' : 'IDLE')
    await put(ben, i % 2 ? 'ACTIVE' : 'OFFLINE')
  }
  await put(anna, 'OFFLINE')
  await pass(1_000)
  await pass(5_000)
  expect(reports.map(states)).toEqual([
    [
      ['anna', 'OFFLINE'],
      ['ben', 'OFFLINE'],
    ],
    [['anna', 'ACTIVE']],
    [
      ['anna', 'OFFLINE'],
      ['ben', 'ACTIVE'],
    ],
  ])
  await end()
  expect(vi.getTimerCount()).toBe(0)
})

test('a change and its contrary within a second are none', async () => {
  const { reports, put, end } = await open()
  await put(anna, 'ACTIVE')
  await put(anna, 'OFFLINE')
  await put(anna, 'ACTIVE')
  await pass(1_000)
  expect(reports).toHaveLength(2)
  await end()
})

test('with the database away it goes on, for those who were known before', async () => {
  let isAway = false
  const { reports, put, end } = await open({ isAway: () => isAway })
  isAway = true
  await put(anna, 'ACTIVE')
  expect(reports.slice(1).map(states)).toEqual([[['anna', 'ACTIVE']]])
  await end()
})

test('what the bus lost is found by reading again', async () => {
  const { reports, put, changes, end } = await open({ bus: { ...memoryBus(), publish: () => undefined } })
  await put(ben, 'IDLE')
  expect(reports).toHaveLength(1)
  await changes.repair()
  await settled()
  await changes.repair()
  await pass(1_000)
  expect(reports.slice(1).map(states)).toEqual([[['ben', 'IDLE']]])
  await end()
})
