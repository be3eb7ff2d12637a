/** `npm run tenant -- delete NAME --confirm NAME`: takes a tenant for good, and prints the receipt. Killed, it is run again. */
import { countTenant, deleteTenant } from '../src/accounts/delete-tenant.ts'
import { createTenantDeletions, type Deletion } from '../src/accounts/tenant-deletions.ts'
import { holdsOf } from '../src/accounts/tenant-holds.ts'
import type { Parts } from '../src/context.ts'
import type { Db } from '../src/db.ts'
import { encodeId } from '../src/lib/ids.ts'
import { UsageError } from './explain.ts'

export interface DeleteOptions {
  confirm?: string | undefined
  'dry-run'?: boolean | undefined
}

/** Answers what is to be printed. Throws UsageError for a name that there is not, or that was not said twice. */
export async function deleteBySlug(
  parts: Parts,
  db: Db,
  slug: string,
  { confirm, 'dry-run': isDry = false }: DeleteOptions,
): Promise<unknown> {
  const deletions = createTenantDeletions({ db })
  const tenant = await parts.tenants.bySlug(slug)
  const deletion = await deletions.ofSlug(slug)
  if (!tenant && !deletion) throw new UsageError(`There is no tenant "${slug}"; see list`)
  if (!tenant && deletion) return receiptOf(deletion)
  if (!tenant) return null
  const found = { tenantId: encodeId('tenant', tenant.id), slug }
  if (isDry)
    return { ...found, would: await countTenant({ ...parts, db }, tenant.id), holds: await holdsOf(db, tenant.id) }
  if (confirm !== slug)
    throw new UsageError(
      `All of the tenant "${slug}" goes, for good: say its name once more, --confirm ${slug}, or see with --dry-run what that is`,
    )
  const onBatch = (what: string, count: number) => console.error(`${what}: ${count}`)
  await deleteTenant({ ...parts, db, deletions, onBatch }, { tenantId: tenant.id, slug })
  const done = await deletions.ofSlug(slug)
  return done && receiptOf(done)
}

const receiptOf = ({ tenantId, slug, beganAt, finishedAt, receipt }: Deletion) => ({
  ...{ tenantId: encodeId('tenant', tenantId), slug, beganAt, deletedAt: finishedAt },
  ...receipt,
})
