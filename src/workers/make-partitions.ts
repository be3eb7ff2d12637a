/** Keeps months ahead for the partitioned tables. */
import type { Db } from '../db.ts'
import { recurringKind } from '../jobs/kind.ts'
import type { JobHandler } from '../jobs/queue.ts'

const MONTHS_AHEAD = 3

export const makePartitions = ({ db }: { db: Db }): JobHandler => ({
  kind: recurringKind('make-partitions', '17 * * * *'),
  async handle() {
    // Two nodes that make the same month at once: the second one's error is its next try's success.
    await db.$queryRaw`select make_partitions(${MONTHS_AHEAD}::integer)::text`
  },
})
