/** The one place where timed work is registered: each kind with what is done of it. */
import type { Parts } from '../context.ts'
import type { Db } from '../db.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Log } from '../log.ts'
import { consumers } from './consumers.ts'
import { endStatusInTime } from './end-status.ts'
import { eraseUser } from './erase-user.ts'
import { forgetAnswers } from './forget-answers.ts'
import { forgetDeadLetters } from './forget-dead-letters.ts'
import { forgetInvites } from './forget-invites.ts'
import { forgetRestrictions } from './forget-restrictions.ts'
import { holdFiles, letFilesGo } from './hold-files.ts'
import { makePartitions } from './make-partitions.ts'
import { removeExport } from './remove-export.ts'
import { restoreHidden } from './restore-hidden.ts'
import { type SendAs, sendScheduled } from './send-scheduled.ts'
import { sweepTenant } from './sweep-tenant.ts'
import { tellOperator } from './tell-operator.ts'
import { writeExport } from './write-export.ts'

interface Dependencies {
  db: Db
  parts: Parts
  logger: Log
  sendAs: SendAs
}

export const jobHandlers = ({ db, parts, logger, sendAs }: Dependencies): JobHandler[] => [
  makePartitions({ db }),
  forgetAnswers(parts),
  forgetDeadLetters({ db, consumers }),
  forgetRestrictions(parts),
  forgetInvites(parts),
  endStatusInTime(parts),
  tellOperator(parts),
  holdFiles(parts),
  letFilesGo(parts),
  restoreHidden(parts),
  sweepTenant(parts),
  eraseUser({ ...parts, db }),
  writeExport({ ...parts, db, logger }),
  removeExport(parts),
  sendScheduled(parts, sendAs),
]
