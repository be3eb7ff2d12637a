/** The one place where timed work is registered: each kind with what is done of it. */
import type { Parts } from '../context.ts'
import type { Db } from '../db.ts'
import type { JobHandler } from '../jobs/queue.ts'
import { forgetAnswers } from './forget-answers.ts'
import { forgetRestrictions } from './forget-restrictions.ts'
import { makePartitions } from './make-partitions.ts'

export const jobHandlers = ({ db, parts }: { db: Db; parts: Parts }): JobHandler[] => [
  makePartitions({ db }),
  forgetAnswers(parts),
  forgetRestrictions(parts),
]
