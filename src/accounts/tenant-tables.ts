/** Which tables hold rows of tenants, as the database itself tells: none can be forgotten here, nor one of a release to come. */
import type { Db } from '../db.ts'

/** It says that a tenant was deleted, so it stays. */
const KEPT = 'tenant_deletion'

/** Those that refer to others before these. */
export async function tenantTables(db: Db): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and c.relname <> ${KEPT} order by 1`
  const references = await db.$queryRaw<{ from: string; to: string }[]>`
    select r.relname::text as "from", t.relname::text as "to" from pg_constraint c
    join pg_class r on r.oid = c.conrelid join pg_class t on t.oid = c.confrelid where c.contype = 'f' and r.oid <> t.oid`
  const ordered: string[] = []
  function place(name: string): void {
    if (ordered.includes(name)) return
    for (const { from, to } of references) if (to === name) place(from)
    ordered.push(name)
  }
  const names = tables.map(({ name }) => name)
  for (const name of names) place(name)
  return ordered.filter((name) => names.includes(name))
}

/** Where its rows are: its partitions, or itself. A month each, so that none of the others is touched. */
export async function partsOf(db: Db, table: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    select c.relname::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    where p.relname = ${table} and p.relnamespace = 'public'::regnamespace order by 1`
  return rows.length ? rows.map(({ name }) => name) : [table]
}
