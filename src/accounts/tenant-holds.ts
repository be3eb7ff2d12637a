/** What keeps a tenant from being deleted: the one place that is asked. */
import type { Db } from '../db.ts'
import type { Uuid } from '../model.ts'

/** In words, for the operator; empty: nothing does. */
export async function holdsOf(db: Db, tenantId: Uuid): Promise<string[]> {
  const cases = await db.moderationCase.count({ where: { tenantId, heldAt: { not: null }, releasedAt: null } })
  return cases ? [`${cases} moderation ${cases === 1 ? 'case is' : 'cases are'} under legal hold`] : []
}
