import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Noted } from '../accounts/last-seen.ts'
import { newUuid } from '../lib/ids.ts'
import type { UserName, Uuid } from '../model.ts'
import { memoryPresence, presenceStore } from '../presence/memory.ts'
import type { Announced } from './announce.ts'
import { createDevices } from './devices.ts'
import { PACE } from './pace.ts'

const anna = { tenantId: newUuid(), userId: newUuid() }

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T12:00:30Z') }))
afterEach(() => void vi.useRealTimers())

const group = (userIds: Uuid[], more: Partial<Noted>): Noted => ({
  ...{ tenantId: anna.tenantId, userIds, at: null, isInvisible: false },
  ...more,
})

async function open({ isInvisible = async () => false }: { isInvisible?: (user: UserName) => Promise<boolean> } = {}) {
  const presence = memoryPresence({ store: presenceStore(), gateway: 'one' })
  await presence.renew(3_600_000)
  const announced: Announced[] = []
  const errors: unknown[] = []
  const devices = createDevices({
    presence,
    announce: (change) => announced.push(change),
    isInvisible,
    leaveMs: PACE.leaveMs,
    onError: (error) => errors.push(error),
  })
  return {
    devices,
    errors,
    announced,
    told: async () => {
      await vi.advanceTimersByTimeAsync(0)
      return announced.map(({ after }) => after)
    },
  }
}

describe('a user with devices', () => {
  test('is ACTIVE from his first one on, and the best of them counts', async () => {
    const { devices, told } = await open()
    const phone = devices.connected(anna)
    expect(await told()).toEqual(['ACTIVE'])
    const desk = devices.connected(anna)
    phone.is('IDLE')
    expect(await told()).toEqual(['ACTIVE'])
    desk.is('IDLE')
    expect(await told()).toEqual(['ACTIVE', 'IDLE'])
    devices.say(anna, 'ACTIVE')
    expect(await told()).toEqual(['ACTIVE', 'IDLE', 'ACTIVE'])
  })

  test('goes offline 10 to 15 s after the last one, and was last seen when it went', async () => {
    const { devices, announced, told } = await open()
    devices.connected(anna).gone()
    const device = devices.connected(anna)
    await told()
    device.gone()
    const goneAt = new Date()
    await vi.advanceTimersByTimeAsync(9_999)
    expect(await told()).toEqual(['ACTIVE'])
    await vi.advanceTimersByTimeAsync(5_002)
    expect(await told()).toEqual(['ACTIVE', 'OFFLINE'])
    expect(announced.at(-1)?.at).toEqual(goneAt)
    expect(devices.leftAt(anna)).toEqual(new Date('2026-11-24T12:00:00Z'))
    const { left, here } = devices.seen()
    expect([left, here]).toEqual([[group([anna.userId], { at: new Date('2026-11-24T12:00:00Z') })], []])
    devices.noted(left)
    expect(devices.seen()).toEqual({ left: [], here: [] })
    expect(devices.leftAt(anna)).toBeNull()
  })

  test('does not flap when he comes back in time, however often', async () => {
    const { devices, told } = await open()
    for (let i = 0; i < 20; i++) {
      const device = devices.connected(anna)
      await vi.advanceTimersByTimeAsync(1_000)
      device.gone()
      await vi.advanceTimersByTimeAsync(9_000)
    }
    expect(await told()).toEqual(['ACTIVE'])
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await told()).toEqual(['ACTIVE', 'OFFLINE'])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('those to be noted', () => {
  const someone = (tenantId = anna.tenantId) => ({ tenantId, userId: newUuid() })

  test('are few groups, however many they are: who is here now, who is about to leave, who is not shown', async () => {
    const hidden = someone()
    const { devices, told } = await open({ isInvisible: async ({ userId }) => userId === hidden.userId })
    const [bert, carl, other] = [someone(), someone(), someone(newUuid())]
    devices.connected(anna)
    const berts = devices.connected(bert)
    for (const user of [other, carl, hidden]) devices.connected(user)
    await told()
    berts.gone()
    await vi.advanceTimersByTimeAsync(5_000)
    vi.setSystemTime('2026-11-24T12:01:10Z')
    const now = new Date('2026-11-24T12:01:00Z')
    expect(devices.seen()).toEqual({
      left: [],
      here: [
        group([anna.userId, carl.userId], { at: now }),
        group([bert.userId], { at: new Date('2026-11-24T12:00:00Z') }),
        group([hidden.userId], { at: null, isInvisible: true }),
        group([other.userId], { tenantId: other.tenantId, at: now }),
      ],
    })
  })

  test('are asked for while it is not known whether they are invisible', async () => {
    const { devices } = await open({ isInvisible: () => Promise.reject(new Error('away')) })
    devices.connected(anna)
    expect(devices.seen().here).toEqual([group([anna.userId], { at: null, isInvisible: null })])
  })

  test('are kept when they came back and left again while they were noted', async () => {
    const { devices, told } = await open()
    const leave = async () => {
      const device = devices.connected(anna)
      await told()
      device.gone()
      await vi.advanceTimersByTimeAsync(15_001)
    }
    await leave()
    const { left } = devices.seen()
    await vi.advanceTimersByTimeAsync(60_000)
    await leave()
    devices.noted(left)
    expect(devices.leftAt(anna)).toEqual(new Date('2026-11-24T12:01:00Z'))
  })
})

describe('an invisible user', () => {
  test('never enters, is gone at once when he becomes so, and is back at once', async () => {
    const { devices, told } = await open({ isInvisible: async () => true })
    const device = devices.connected(anna)
    device.is('IDLE')
    expect(await told()).toEqual([])
    expect(devices.seen().here).toEqual([group([anna.userId], { at: null, isInvisible: true })])
    devices.learn({ ...anna, isInvisible: false })
    expect(await told()).toEqual(['IDLE'])
    devices.learn({ ...anna, isInvisible: true })
    expect(await told()).toEqual(['IDLE', 'OFFLINE'])
    device.gone()
    expect(devices.seen()).toEqual({ left: [], here: [] })
  })

  test('is not shown while it is not known whether he is', async () => {
    const { devices, told, errors } = await open({ isInvisible: () => Promise.reject(new Error('away')) })
    devices.connected(anna)
    expect(await told()).toEqual([])
    expect(errors).toHaveLength(1)
    devices.learn({ ...anna, isInvisible: false })
    expect(await told()).toEqual(['ACTIVE'])
  })

  test('what he says himself counts, whatever was on its way', async () => {
    let answer = (_: boolean): void => undefined
    const { devices, told } = await open({ isInvisible: () => new Promise((resolve) => (answer = resolve)) })
    devices.connected(anna)
    devices.learn({ ...anna, isInvisible: true })
    answer(false)
    expect(await told()).toEqual([])
  })
})
