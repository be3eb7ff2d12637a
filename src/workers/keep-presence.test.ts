import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryBus } from '../bus/memory.ts'
import { createDevices } from '../ephemera/devices.ts'
import { PACE } from '../ephemera/pace.ts'
import { createPresenceChanges } from '../ephemera/presence-changes.ts'
import { type BusEvent, presenceTopic } from '../events.ts'
import { newUuid } from '../lib/ids.ts'
import { memoryPresence, presenceStore } from '../presence/memory.ts'
import { keepPresence } from './keep-presence.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const tenantId = newUuid()

async function open() {
  const [bus, store] = [memoryBus(), presenceStore()]
  const told: BusEvent[] = []
  await bus.subscribe(presenceTopic(tenantId), (event) => told.push(event))
  const gateway = (name: string) => {
    const presence = memoryPresence({ store, gateway: name })
    const devices = createDevices({
      presence,
      announce: () => undefined,
      isInvisible: async () => false,
      onError: () => undefined,
      leaveMs: PACE.leaveMs,
    })
    const { pass } = keepPresence({ presence, devices, changes: createPresenceChanges({ bus, presence }), bus })
    return { presence, devices, pass }
  }
  return { told, one: gateway('one'), other: gateway('other') }
}

test('the users of a gateway that died go offline when its lease ends, told by another one, once', async () => {
  const { told, one, other } = await open()
  await one.pass()
  await other.pass()
  const userId = newUuid()
  one.devices.connected({ tenantId, userId })
  for (let i = 0; i < 6; i++) {
    await vi.advanceTimersByTimeAsync(10_000)
    await other.pass()
  }
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toMatchObject([{ kind: 'PRESENCE_CHANGED', userId, previous: 'ACTIVE', state: 'OFFLINE' }])
})

test('a gateway that was only late says all again', async () => {
  const { one, other } = await open()
  await one.pass()
  const userId = newUuid()
  one.devices.connected({ tenantId, userId })
  await vi.advanceTimersByTimeAsync(40_000)
  await other.pass()
  expect(await other.presence.states(tenantId, [userId])).toEqual(['OFFLINE'])
  await one.pass()
  expect(await other.presence.states(tenantId, [userId])).toEqual(['ACTIVE'])
})
