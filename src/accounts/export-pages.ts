/** Reads what a user is given of himself, a page after another: from a place to the next one, so that whoever stops anywhere goes on there. */
import type { Db } from '../db.ts'
import type { UserName, Uuid } from '../model.ts'
import type { ExportPage, ExportPlace, Row } from './export-place.ts'
import { saidPage } from './export-said.ts'
import { columnsLeftOut, ownTables } from './exported.ts'

const ROWS = 500

/** Files have no page here: their content is no row. */
export async function exportPage(
  db: Db,
  user: UserName,
  place: Exclude<ExportPlace, { step: 'FILES' | 'DONE' }>,
): Promise<ExportPage> {
  switch (place.step) {
    case 'CONVERSATION':
      return nextConversation(db, user, place.after)
    case 'SAID':
      return saidPage(db, user, place)
    case 'TABLE':
      return tablePage(db, user, place)
  }
}

async function nextConversation(db: Db, { tenantId, userId }: UserName, after: Uuid | null): Promise<ExportPage> {
  const [found] = await db.$queryRaw<{ id: Uuid; head: bigint }[]>`
    select m.conversation_id as id, s.last_seq as head from membership m join stream s on s.tenant_id = m.tenant_id and s.id = m.conversation_id
    where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid and (${after}::uuid is null or m.conversation_id > ${after}::uuid)
    order by m.conversation_id limit 1`
  const none = { table: '', rows: [], seen: 0 }
  if (!found) return { ...none, next: tableAfter(null) }
  const { id: conversationId, head } = found
  return {
    ...none,
    next: { step: 'SAID', conversationId, head: Number(head), from: 0, table: 'message', after: null },
  }
}

/** Names come from the list of what is personal, and from the database. */
async function tablePage(
  db: Db,
  { tenantId, userId }: UserName,
  { table, after }: Extract<ExportPlace, { step: 'TABLE' }>,
): Promise<ExportPage> {
  const of = ownTables.find(({ name }) => name === table)?.of
  // Of a release that listed another table.
  if (!of) return { table, rows: [], seen: 0, next: tableAfter(table) }
  const keys = await keysOf(db, table, ['tenant_id', of])
  const columns = keys.map(({ name }) => `"${name}"`).join(', ')
  const placeOf = keys.map(({ name }) => `"${name}"::text`).join(', ')
  const behind = keys.map(({ type }, i) => `($3::text[])[${i + 1}]::${type}`).join(', ')
  const rows = await db.$queryRawUnsafe<Row[]>(
    `select (to_jsonb(t) - $4::text[])::text as row, array[${placeOf}]::text[] as after from "${table}" t
     where tenant_id = $1::uuid and "${of}" = $2::uuid ${after && keys.length ? `and (${columns}) > (${behind})` : 'and $3::text[] is null'}
     ${keys.length ? `order by ${columns}` : ''} limit ${ROWS}`,
    tenantId,
    userId,
    after,
    columnsLeftOut(table),
  )
  const last = rows.length === ROWS ? rows.at(-1) : undefined
  const next: ExportPlace = last ? { step: 'TABLE', table, after: last.after } : tableAfter(table)
  return { table, rows: rows.map(({ row }) => row), seen: 0, next }
}

function tableAfter(table: string | null): ExportPlace {
  const next = ownTables[table === null ? 0 : ownTables.findIndex(({ name }) => name === table) + 1]
  return next ? { step: 'TABLE', table: next.name, after: null } : { step: 'FILES', after: null }
}

/** The rest of its primary key, by which his rows are told apart. */
function keysOf(db: Db, table: string, but: string[]): Promise<{ name: string; type: string }[]> {
  return db.$queryRaw`
    select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type from pg_index i cross join lateral unnest(i.indkey) with ordinality k(attnum, n)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = to_regclass(quote_ident(${table})) and i.indisprimary and a.attname <> all(${but}::text[]) order by k.n`
}
