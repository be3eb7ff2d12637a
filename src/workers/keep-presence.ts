/** Keeps this gateway's lease, finds whose lease has ended, and repairs what the bus lost of who came and went. */
import type { Bus } from '../bus/bus.ts'
import { announceOn } from '../ephemera/announce.ts'
import type { Devices } from '../ephemera/devices.ts'
import type { PresenceChanges } from '../ephemera/presence-changes.ts'
import type { Presence } from '../presence/presence.ts'
import type { Job } from './worker.ts'

const EVERY_MS = 10_000
/** Three passes: one may fail, and one be late. */
const LEASE_MS = 30_000

interface Dependencies {
  presence: Presence
  devices: Devices
  changes: PresenceChanges
  bus: Bus
}

export function keepPresence({ presence, devices, changes, bus }: Dependencies): Job {
  const announce = announceOn(bus)
  return {
    name: 'keep-presence',
    everyMs: EVERY_MS,
    async pass() {
      if (!(await presence.renew(LEASE_MS))) devices.sayAgain()
      for (const change of await presence.expire()) announce({ ...change, at: new Date() })
      await changes.repair()
      return 'done'
    },
  }
}
