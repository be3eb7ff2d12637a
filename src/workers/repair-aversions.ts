/** Finds what the bus has lost of who has blocked or muted whom, for those who listen on this node. */
import { haveChangedLately } from '../conversations/aversions.ts'
import { type AversionsNow, LATELY_SECONDS } from '../delivery/aversions-now.ts'
import type { Watched } from './lookout.ts'

const EVERY_MS = 2_000

export const repairAversions = ({ aversionsNow }: { aversionsNow: AversionsNow }): Watched => ({
  name: 'repair-aversions',
  everyMs: EVERY_MS,
  isDue: haveChangedLately(LATELY_SECONDS),
  async pass() {
    await aversionsNow.repair()
    return 'done'
  },
})
