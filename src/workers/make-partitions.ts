/** Keeps months ahead for the partitioned tables. */
import type { Db } from '../db.ts'
import type { Job } from './worker.ts'

const MONTHS_AHEAD = 3

export function makePartitions({ db }: { db: Db }): Job {
  return {
    name: 'make-partitions',
    everyMs: 3_600_000,
    async pass() {
      // Two nodes that make the same month at once: the second one's error is its next pass's success.
      await db.$queryRaw`select make_partitions(${MONTHS_AHEAD}::integer)::text`
      return 'done'
    },
  }
}
