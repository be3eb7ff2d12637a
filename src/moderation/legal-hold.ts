/**
 * What is reported as danger to a child: gone for everybody at once, by the way of every deletion, so that no node and no query shows it; and kept
 * until an operator lets it go. Its evidence is a copy that nothing empties, its files move to where no URL leads (workers/hold-files.ts).
 */
import type { Transaction } from '../db.ts'
import { holdFiles } from '../files/attachments.ts'
import { jobKind, uuidIn } from '../jobs/kind.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Changing } from '../messages/change.ts'
import { deleteForAll } from '../messages/delete.ts'
import type { Message, Uuid } from '../model.ts'

export interface CaseName {
  tenantId: Uuid
  caseId: Uuid
}

export interface Files {
  tenantId: Uuid
  ids: readonly Uuid[]
}

const parseCase = (stored: unknown): CaseName => ({
  tenantId: uuidIn(stored, 'tenantId'),
  caseId: uuidIn(stored, 'caseId'),
})

function parseFiles(stored: unknown): Files {
  const ids = (stored as Partial<Files> | null)?.ids
  if (!Array.isArray(ids)) throw new Error('a job’s ids are no list')
  return { tenantId: uuidIn(stored, 'tenantId'), ids: ids.map((id) => uuidIn({ id }, 'id')) }
}

export const holdFilesKind = jobKind<Files>({ name: 'hold-files', parse: parseFiles })
export const letFilesGoKind = jobKind<Files>({ name: 'let-files-go', parse: parseFiles })
export const restoreHiddenKind = jobKind<CaseName>({ name: 'restore-hidden', parse: parseCase })

/** The evidence has been taken. To members it is a deletion by the system, as of what goes by itself. */
export async function hide(changing: Changing, message: Message, jobs: Jobs): Promise<void> {
  const { tx } = changing
  const { tenantId } = message
  await deleteForAll(changing, message, null)
  if (message.attachmentCount === 0) return
  await jobs.send(holdFilesKind, { tenantId, ids: await holdFiles(tx, message) }, { tx })
}

/** The case is closed; what it kept of who is erased goes. false: it is not held. */
export async function lift(tx: Transaction, { tenantId, caseId }: CaseName): Promise<boolean> {
  const lifted = await tx.$executeRaw`
    update moderation_case set released_at = now(), state = 'CLOSED'
    where tenant_id = ${tenantId}::uuid and id = ${caseId}::uuid and held_at is not null and released_at is null`
  if (!lifted) return false
  await tx.$executeRaw`
    update evidence e set is_held = false, content = case when not exists (
      select from "user" u where u.tenant_id = e.tenant_id and u.id = e.author_id and u.erased_at is not null) then e.content end
    where e.tenant_id = ${tenantId}::uuid and e.case_id = ${caseId}::uuid`
  return true
}
