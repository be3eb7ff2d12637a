/** What a tenant has, told in numbers that are equal wherever the same was done the same number of times. */
import type { Db } from '../../src/db.ts'

interface Counted {
  what: string
  count: bigint
}

/** Noted in batches: a killed node takes with it what it had not noted yet. */
const LATER = ['tenant_usage', 'connection']
/** Written by a job that has begun or not. */
const BY_JOBS = ['export_part']
/** A job moves its rows on; how many there are is nobody's but who asks. */
const MOVED_BY_JOBS = ['export']

/** Rows of every table with tenants in it, events by kind, uses, members, and streams with a hole. */
export async function tenantDigest(db: Db, slug: string): Promise<Record<string, number>> {
  const { id } = await db.tenant.findUniqueOrThrow({ where: { slug } })
  const rows: Counted[] = []
  for (const name of await tablesWithTenants(db)) {
    const [counted] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `select count(*) as count from "${name}" where tenant_id = $1::uuid`,
      id,
    )
    rows.push({ what: `rows of ${name}`, count: counted?.count ?? 0n })
  }
  const more = await db.$queryRaw<Counted[]>`
    select 'events ' || kind as what, count(*) as count from log_event where tenant_id = ${id}::uuid group by kind
    union all select 'uses of invites', sum(uses) from invite where tenant_id = ${id}::uuid
    union all select 'members', sum(member_count) from conversation where tenant_id = ${id}::uuid
    union all select 'open memberships', count(*) from membership where tenant_id = ${id}::uuid and left_seq is null
    union all select 'streams with a hole', count(*) from stream s where s.tenant_id = ${id}::uuid
      and s.last_seq <> (select count(*) from log_event e where e.tenant_id = s.tenant_id and e.stream_id = s.id)`
  return Object.fromEntries([...rows, ...more].map(({ what, count }) => [what, Number(count)]))
}

/** Every row of a tenant, to the letter: by table, a hash of all of them. */
export async function tenantContent(db: Db, slug: string): Promise<Record<string, string | null>> {
  const { id, ...tenant } = await db.tenant.findUniqueOrThrow({ where: { slug } })
  const content: Record<string, string | null> = { tenant: JSON.stringify(tenant) }
  for (const name of await tablesWithTenants(db)) {
    if (MOVED_BY_JOBS.includes(name)) continue
    const [hashed] = await db.$queryRawUnsafe<{ hash: string | null }[]>(
      `select md5(string_agg(t::text, E'\\n' order by t::text)) as hash from "${name}" t where tenant_id = $1::uuid`,
      id,
    )
    content[name] = hashed?.hash ?? null
  }
  return content
}

async function tablesWithTenants(db: Db): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and not c.relname = any(${[...LATER, ...BY_JOBS]})`
  return tables.map(({ name }) => name)
}
