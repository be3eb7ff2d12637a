/** Finds what the bus has lost of who has blocked or muted whom, for those who listen on this node. */
import type { AversionsNow } from '../delivery/aversions-now.ts'
import type { Job } from './worker.ts'

const EVERY_MS = 2_000

export const repairAversions = ({ aversionsNow }: { aversionsNow: AversionsNow }): Job => ({
  name: 'repair-aversions',
  everyMs: EVERY_MS,
  async pass() {
    await aversionsNow.repair()
    return 'done'
  },
})
