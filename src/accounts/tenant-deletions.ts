/** Which tenants are being deleted, or were, with the receipt of each. The only file that writes `tenant_deletion`; it takes the tenant's own row, too. */
import { type Db, type Transaction, transaction } from '../db.ts'
import type { Uuid } from '../model.ts'

export interface Receipt {
  /** By table. */
  rows: Readonly<Record<string, number>>
  objects: number
  bytes: number
  /** Timed work. */
  jobs: number
}

export interface Deletion {
  tenantId: Uuid
  slug: string
  beganAt: Date
  finishedAt: Date | null
  receipt: Receipt
}

export type TenantDeletions = ReturnType<typeof createTenantDeletions>

export function createTenantDeletions({ db }: { db: Db }) {
  return {
    /** Once for good: who begins again goes on. */
    async begin(tenantId: Uuid, slug: string): Promise<void> {
      await db.$executeRaw`insert into tenant_deletion (tenant_id, slug) values (${tenantId}::uuid, ${slug}) on conflict do nothing`
    },

    /** In the transaction that took them. */
    async noteRows(tx: Transaction, tenantId: Uuid, table: string, count: number): Promise<void> {
      await tx.$executeRaw`
        update tenant_deletion set receipt = jsonb_set(receipt, array['rows', ${table}], to_jsonb(coalesce((receipt->'rows'->>${table})::bigint, 0) + ${count}::bigint))
        where tenant_id = ${tenantId}::uuid`
    },

    async note(tenantId: Uuid, { objects = 0, bytes = 0, jobs = 0 }: Partial<Omit<Receipt, 'rows'>>): Promise<void> {
      await db.$executeRaw`
        update tenant_deletion set receipt = receipt || jsonb_build_object('objects', (receipt->>'objects')::bigint + ${objects}::bigint,
          'bytes', (receipt->>'bytes')::bigint + ${bytes}::bigint, 'jobs', (receipt->>'jobs')::bigint + ${jobs}::bigint)
        where tenant_id = ${tenantId}::uuid`
    },

    /** The last row of all. From then on there is another tenant of that name, or none. */
    async finish(tenantId: Uuid): Promise<void> {
      await transaction(db, async (tx) => {
        await tx.$executeRaw`delete from tenant where id = ${tenantId}::uuid`
        await tx.$executeRaw`update tenant_deletion set finished_at = now() where tenant_id = ${tenantId}::uuid and finished_at is null`
      })
    },

    /** The newest of that name. */
    async ofSlug(slug: string): Promise<Deletion | null> {
      const row = await db.tenantDeletion.findFirst({ where: { slug }, orderBy: { beganAt: 'desc' } })
      return row && { ...row, receipt: row.receipt as unknown as Receipt }
    },
  }
}
