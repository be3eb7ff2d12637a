import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newUuid } from '../lib/ids.ts'
import { memoryPresence, presenceStore } from '../presence/memory.ts'
import type { Announced } from './announce.ts'
import { createDevices } from './devices.ts'
import { PACE } from './pace.ts'

const anna = { tenantId: newUuid(), userId: newUuid() }

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T12:00:30Z') }))
afterEach(() => void vi.useRealTimers())

async function open({ isInvisible = async () => false }: { isInvisible?: () => Promise<boolean> } = {}) {
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
    const seen = devices.seen()
    expect(seen).toEqual([{ ...anna, at: new Date('2026-11-24T12:00:00Z') }])
    devices.noted(seen)
    expect(devices.seen()).toEqual([])
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

describe('an invisible user', () => {
  test('never enters, is gone at once when he becomes so, and is back at once', async () => {
    const { devices, told } = await open({ isInvisible: async () => true })
    const device = devices.connected(anna)
    device.is('IDLE')
    expect(await told()).toEqual([])
    expect(devices.seen()).toEqual([{ ...anna, at: null }])
    devices.learn({ ...anna, isInvisible: false })
    expect(await told()).toEqual(['IDLE'])
    devices.learn({ ...anna, isInvisible: true })
    expect(await told()).toEqual(['IDLE', 'OFFLINE'])
    device.gone()
    expect(devices.seen()).toEqual([])
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
