/** Cases, for operators: what is open, what was kept, who has looked at it, and letting it go. Whoever reads evidence is noted first, in the same transaction. */
import { type Db, type Transaction, transaction } from '../db.ts'
import type { ModerationCase } from '../generated/client.ts'
import type { Jobs } from '../jobs/queue.ts'
import { newUuid } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'
import type { ShownMessage } from './evidence.ts'
import { type CaseName, letFilesGoKind, lift, restoreHiddenKind } from './legal-hold.ts'

/** Who does it, and why. */
export interface Reader {
  operator: string
  why: string
}

export type Cases = ReturnType<typeof createCases>

export function createCases({ db, jobs }: { db: Db; jobs: Jobs }) {
  const byId = (id: Uuid): Promise<ModerationCase | null> => db.moderationCase.findUnique({ where: { id } })

  return {
    byId,

    /** Urgent ones first, then the newest. */
    open: (limit: number): Promise<ModerationCase[]> =>
      db.moderationCase.findMany({
        where: { state: 'OPEN' },
        orderBy: [{ urgency: 'desc' }, { lastReportedAt: 'desc' }],
        take: limit,
      }),

    /** With at most so many reports, the first ones. null: there is none. */
    async show(id: Uuid, reader: Reader, reports: number) {
      const found = await byId(id)
      if (!found) return null
      const where = { tenantId: found.tenantId, caseId: id }
      return transaction(db, async (tx) => {
        await note(tx, where, { ...reader, action: 'SHOWN' })
        return {
          case: found,
          reports: await tx.report.findMany({ where, orderBy: { at: 'asc' }, take: reports }),
          evidence: await tx.evidence.findMany({ where, orderBy: [{ subjectId: 'asc' }, { revision: 'asc' }] }),
        }
      })
    },

    /** The oldest first. */
    accesses: ({ tenantId, caseId }: CaseName, limit: number) =>
      db.evidenceAccess.findMany({ where: { tenantId, caseId }, orderBy: { at: 'asc' }, take: limit }),

    /** Lifts the hold; what was hidden comes back where `isRestored`, and else its files go. false: it is not held. */
    release: (
      { tenantId, caseId }: CaseName,
      reader: Reader,
      { isRestored }: { isRestored: boolean },
    ): Promise<boolean> =>
      transaction(db, async (tx) => {
        const ids = await filesIn(tx, { tenantId, caseId })
        if (!(await lift(tx, { tenantId, caseId }))) return false
        await note(tx, { tenantId, caseId }, { ...reader, action: isRestored ? 'RESTORED' : 'RELEASED' })
        if (isRestored) await jobs.send(restoreHiddenKind, { tenantId, caseId }, { tx })
        else if (ids.length) await jobs.send(letFilesGoKind, { tenantId, ids }, { tx })
        return true
      }),

    /** What a hidden message was; null once it is emptied. */
    async hidden({ tenantId, caseId }: CaseName): Promise<{ messageId: Uuid; shown: ShownMessage } | null> {
      const where = { tenantId, caseId, isReported: true }
      const kept = await db.evidence.findFirst({ where, orderBy: { revision: 'desc' } })
      return kept?.content ? { messageId: kept.subjectId, shown: kept.content as unknown as ShownMessage } : null
    },
  }
}

async function filesIn(tx: Transaction, { tenantId, caseId }: CaseName): Promise<Uuid[]> {
  const kept = await tx.evidence.findMany({ where: { tenantId, caseId, isReported: true } })
  return kept.flatMap(({ content }) => (content as Partial<ShownMessage> | null)?.attachments ?? []).map(({ id }) => id)
}

async function note(
  tx: Transaction,
  { tenantId, caseId }: CaseName,
  { operator, why, action }: Reader & { action: string },
): Promise<void> {
  await tx.$executeRaw`
    insert into evidence_access (tenant_id, id, case_id, action, operator, why, at)
    values (${tenantId}::uuid, ${newUuid()}::uuid, ${caseId}::uuid, ${action}, ${operator}, ${why}, clock_timestamp())`
}
