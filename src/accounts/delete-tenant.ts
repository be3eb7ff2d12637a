/**
 * Takes a tenant and all that is of it: nobody is let in, then timed work, objects, rows in batches, and its own row last. Whoever is killed over it is
 * followed by the next run, which finds what is left; the receipt is kept with what was done.
 */
import { type Db, transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import { objectsOf } from '../files/keys.ts'
import type { Jobs } from '../jobs/queue.ts'
import { pause } from '../lib/pause.ts'
import type { Uuid } from '../model.ts'
import type { Objects } from '../objects/objects.ts'
import { sweepTenant } from './sweep-tenant.ts'
import type { Receipt, TenantDeletions } from './tenant-deletions.ts'
import { holdsOf } from './tenant-holds.ts'
import { partsOf, tenantTables } from './tenant-tables.ts'
import type { Tenants } from './tenants.ts'

const ROWS_AT_ONCE = 2_000
const OBJECTS_AT_ONCE = 100
/** Sockets end within a second on every node; who was on them is noted a moment later. */
const SHUT_OUT_MS = 3_000
/** So often rows may be found in a table that was empty before. */
const ROUNDS = 5
/** When no request that was signed for an upload is good any longer. */
const SWEPT_AFTER_MS = 20 * 60_000

interface Dependencies {
  db: Db
  objects: Objects
  jobs: Jobs
  tenants: Tenants
  deletions: TenantDeletions
  /** Told of each batch. What it throws ends the work there. */
  onBatch?: (what: string, count: number) => void
}

export interface Doomed {
  tenantId: Uuid
  slug: string
}

/** Throws FORBIDDEN while something is under legal hold. */
export async function deleteTenant(
  { db, objects, jobs, tenants, deletions, onBatch = () => {} }: Dependencies,
  { tenantId, slug }: Doomed,
): Promise<void> {
  await assertNotHeld(db, tenantId)
  await deletions.begin(tenantId, slug)
  if (await tenants.suspend(tenantId)) await pause(SHUT_OUT_MS)
  // Asked once more: somebody may have reported in between.
  await assertNotHeld(db, tenantId)

  await jobs.dropAll({ tenantId }, async (count) => {
    await deletions.note(tenantId, { jobs: count })
    onBatch('jobs', count)
  })
  await jobs.send(sweepTenant, { tenantId }, { at: new Date(Date.now() + SWEPT_AFTER_MS) })

  for await (const gone of removedObjects(objects, tenantId)) {
    await deletions.note(tenantId, gone)
    onBatch('objects', gone.objects)
  }

  async function takeRows(table: string): Promise<number> {
    let taken = 0
    for (const part of await partsOf(db, table))
      for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE; ) {
        count = await transaction(db, async (tx) => {
          const some = await tx.$executeRawUnsafe(
            `delete from "${part}" where ctid = any(array(select ctid from "${part}" where tenant_id = $1::uuid limit ${ROWS_AT_ONCE}))`,
            tenantId,
          )
          if (some) await deletions.noteRows(tx, tenantId, table, some)
          return some
        })
        taken += count
        if (count) onBatch(table, count)
      }
    return taken
  }
  const tables = await tenantTables(db)
  for (let round = 1, found = 1; found; round++) {
    if (round > ROUNDS)
      throw new Error(`rows of the tenant ${slug} keep coming: look for a node that was not told of its end`)
    found = 0
    for (const table of tables) found += await takeRows(table)
  }
  await deletions.finish(tenantId)
}

/** What it would take. Nothing is changed. */
export async function countTenant(
  { db, objects }: Pick<Dependencies, 'db' | 'objects'>,
  tenantId: Uuid,
): Promise<Omit<Receipt, 'jobs'>> {
  const rows: Record<string, number> = {}
  for (const table of await tenantTables(db)) {
    const [found] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `select count(*) as count from "${table}" where tenant_id = $1::uuid`,
      tenantId,
    )
    if (found?.count) rows[table] = Number(found.count)
  }
  const total = { objects: 0, bytes: 0 }
  for await (const key of objectsOf(objects, tenantId)) {
    total.objects++
    total.bytes += (await objects.size(key)) ?? 0
  }
  return { rows, ...total }
}

async function assertNotHeld(db: Db, tenantId: Uuid): Promise<void> {
  const holds = await holdsOf(db, tenantId)
  if (holds.length) throw new ChatError('FORBIDDEN', { message: `${holds.join('; ')}: release that first` })
}

/** Some at a time: whoever is killed between has taken up to so many that no receipt counts. */
async function* removedObjects(objects: Objects, tenantId: Uuid): AsyncGenerator<{ objects: number; bytes: number }> {
  let some = { objects: 0, bytes: 0 }
  for await (const key of objectsOf(objects, tenantId)) {
    some.bytes += (await objects.size(key)) ?? 0
    await objects.remove(key)
    some.objects++
    if (some.objects < OBJECTS_AT_ONCE) continue
    yield some
    some = { objects: 0, bytes: 0 }
  }
  if (some.objects) yield some
}
