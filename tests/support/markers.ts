/** Looks through everything that is stored for a word that only one user has ever said. */
import { buffer } from 'node:stream/consumers'
import { inflateRawSync } from 'node:zlib'
import type { Db } from '../../src/db.ts'
import type { Objects } from '../../src/objects/objects.ts'

/** By table and column, in how many rows it stands. Whatever columns there are: a new one is looked through without a change here. */
export async function markedColumns(db: Db, marker: string): Promise<Record<string, number>> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`
    select c.relname::text as table, a.attname::text as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      and c.relnamespace = 'public'::regnamespace order by 1, 2`
  const found: Record<string, number> = {}
  for (const { table, column } of columns) {
    const [row] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `select count(*) as count from "${table}" where "${column}"::text ilike $1`,
      `%${marker}%`,
    )
    if (row?.count) found[`${table}.${column}`] = Number(row.count)
  }
  return found
}

/** The keys of objects that have it in their name or content, compressed or not. */
export async function markedObjects(objects: Objects, marker: string): Promise<string[]> {
  const found: string[] = []
  for await (const key of objects.list('')) {
    const content = await objects.read(key)
    const bytes = content ? await buffer(content) : Buffer.alloc(0)
    if ([Buffer.from(key), bytes, inflated(bytes)].some((each) => each.includes(marker))) found.push(key)
  }
  return found
}

/** As the parts of an export are; of what is no such thing nothing. */
function inflated(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes)
  } catch {
    return Buffer.alloc(0)
  }
}
