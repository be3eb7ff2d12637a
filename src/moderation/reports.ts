/**
 * Takes reports: equal ones (of one thing, for one reason) make one case, in which each reporter counts once. The only file that writes `report` and
 * `moderation_case`, but for the hold of a case. Whom it is about never learns of it: nothing of this is in the log.
 */
import type { Transaction } from '../db.ts'
import type { Jobs } from '../jobs/queue.ts'
import { newUuid } from '../lib/ids.ts'
import type { Changing } from '../messages/change.ts'
import { currentMessage } from '../messages/current.ts'
import type { Conversation, Message, Seen, Uuid } from '../model.ts'
import { keepMessage, keepUser } from './evidence.ts'
import { hide } from './legal-hold.ts'
import { isUrgent, type ReportReason } from './reasons.ts'
import { tellOperatorKind } from './safety-hook.ts'

export interface Reporting {
  tenantId: Uuid
  reporterId: Uuid
  reason: ReportReason
  comment: string | null
}

/** As its reporter is shown it, whoever else has reported the same. */
export type Reported = { reason: ReportReason; at: string }

export type Reports = ReturnType<typeof createReports>

/** Whoever is told of what is urgent. */
interface Dependencies {
  jobs: Jobs
}

export function createReports({ jobs }: Dependencies) {
  /** Once a case, with the case. */
  async function alarm(tx: Transaction, { tenantId, caseId, isNewCase, isHeld }: Taken): Promise<void> {
    if (isNewCase && isHeld) await jobs.send(tellOperatorKind, { tenantId, caseId }, { tx })
  }

  return {
    /** Under the lock of its conversation. Throws STALE_WRITE when it has been deleted. */
    async ofMessage(changing: Changing, reporting: Reporting, { message: name, ...shown }: Shown): Promise<Reported> {
      const { tx, at } = changing
      const message = await currentMessage(tx, name)
      const { tenantId, id, authorId: userId, conversationId } = message
      const taken = await take(tx, { ...reporting, at }, { kind: 'MESSAGE', id, userId, conversationId })
      const isHeld = isUrgent(reporting.reason)
      await keepMessage(tx, { tenantId, caseId: taken.caseId, isHeld, at }, { message, ...shown })
      if (isHeld) await hide(changing, message, jobs)
      await alarm(tx, taken)
      return shownOf(reporting, taken)
    },

    /** Under the lock of the reported user's own stream. */
    async ofUser({ tx, at }: Changing, reporting: Reporting, userId: Uuid): Promise<Reported> {
      const { tenantId } = reporting
      const taken = await take(tx, { ...reporting, at }, { kind: 'USER', id: userId, userId, conversationId: null })
      await keepUser(tx, { tenantId, caseId: taken.caseId, isHeld: isUrgent(reporting.reason), at }, userId)
      await alarm(tx, taken)
      return shownOf(reporting, taken)
    },
  }
}

/** What the reporter sees. */
interface Shown {
  message: Message
  conversation: Conversation
  seen: Seen
}

interface Subject {
  kind: 'MESSAGE' | 'USER'
  id: Uuid
  /** Who answers for it. */
  userId: Uuid | null
  conversationId: Uuid | null
}

interface Taken {
  tenantId: Uuid
  caseId: Uuid
  isHeld: boolean
  isNewCase: boolean
  reportedAt: Date
}

/** Whoever has reported it before keeps his report as it was. */
async function take(
  tx: Transaction,
  { tenantId, reporterId, reason, comment, at }: Reporting & { at: Date },
  { kind, id, userId, conversationId }: Subject,
): Promise<Taken> {
  const newId = newUuid()
  const isHeld = isUrgent(reason)
  const [found] = await tx.$queryRaw<{ id: Uuid }[]>`
    insert into moderation_case as c (tenant_id, id, subject_kind, subject_id, user_id, conversation_id, reason, urgency, first_reported_at, last_reported_at, held_at)
    values (${tenantId}::uuid, ${newId}::uuid, ${kind}, ${id}::uuid, ${userId}::uuid, ${conversationId}::uuid, ${reason}, ${isHeld ? 'URGENT' : 'NORMAL'}, ${at}, ${at}, ${isHeld ? at : null}::timestamptz)
    on conflict (tenant_id, subject_id, reason) where state = 'OPEN' do update set reason = c.reason returning c.id`
  const caseId = found?.id ?? newId
  const isNew = await tx.$executeRaw`
    with taken as (
      insert into report (tenant_id, case_id, reporter_id, comment, at)
      values (${tenantId}::uuid, ${caseId}::uuid, ${reporterId}::uuid, ${comment}, ${at}) on conflict do nothing returning 1)
    update moderation_case set report_count = report_count + 1, last_reported_at = ${at}
    where tenant_id = ${tenantId}::uuid and id = ${caseId}::uuid and exists (select from taken)`
  const before = isNew
    ? null
    : await tx.report.findUnique({ where: { tenantId_caseId_reporterId: { tenantId, caseId, reporterId } } })
  return { tenantId, caseId, isHeld, isNewCase: caseId === newId, reportedAt: before?.at ?? at }
}

const shownOf = ({ reason }: Reporting, { reportedAt }: Taken): Reported => ({ reason, at: reportedAt.toISOString() })
