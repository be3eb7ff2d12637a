/** Notes once a second where the users of this node are connected, all in one statement, and now and then that the node lives. */
import type { Connections } from '../accounts/connections.ts'
import type { Job } from './worker.ts'

const EVERY_MS = 1_000
const LIVE_MS = 10_000
const TIDY_MS = 3_600_000

export function noteConnections({ connections }: { connections: Connections }): Job {
  const isDue = { live: every(LIVE_MS), tidy: every(TIDY_MS) }
  return {
    name: 'note-connections',
    everyMs: EVERY_MS,
    async pass() {
      await connections.write()
      if (isDue.live()) await connections.live()
      if (isDue.tidy()) await connections.tidy()
      return 'done'
    },
  }
}

/** Whether so much time has passed since it said yes. */
function every(ms: number): () => boolean {
  let at = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - at < ms) return false
    at = performance.now()
    return true
  }
}
