/** Notes once a minute when the users of this gateway were here last, all in one statement; and learns who of them has become invisible by another node. */
import type { LastSeen } from '../accounts/last-seen.ts'
import type { Devices } from '../ephemera/devices.ts'
import type { Job } from './worker.ts'

const EVERY_MS = 60_000

export function noteLastSeen({ devices, lastSeen }: { devices: Devices; lastSeen: LastSeen }): Job {
  return {
    name: 'note-last-seen',
    everyMs: EVERY_MS,
    async pass() {
      const { left, here } = devices.seen()
      if (!left.length && !here.length) return 'done'
      for (const user of await lastSeen.note([...left, ...here])) devices.learn(user)
      devices.noted(left)
      return 'done'
    },
  }
}
