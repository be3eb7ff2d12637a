/** What a user said and how he reacted, in pieces of his conversations: there is no index by author, which every message that is ever sent would pay for. */
import { type Db, type Sql, sql } from '../db.ts'
import type { UserName } from '../model.ts'
import type { ExportPage, ExportPlace, Row } from './export-place.ts'
import { columnsLeftOut } from './exported.ts'

/** Seqs of one piece. */
const PIECE = 2_000
const ROWS = 200

type Said = Extract<ExportPlace, { step: 'SAID' }>

/** Each in the order of a key of its own: how its rows are found, and how a row is told from the next. */
const kinds: Readonly<Record<string, (user: UserName, after: string[] | null) => Sql>> = {
  message: ({ userId }, after) => sql`
    select m.seq as a, 0 as b, to_jsonb(m) as row from piece m where m.author_id = ${userId}::uuid
      and (${after === null} or m.seq > ${after?.[0] ?? '0'}::bigint) order by 1 limit ${ROWS}`,
  message_revision: ({ userId }, after) => sql`
    select m.seq as a, r.revision as b, to_jsonb(r) as row from piece m join message_revision r on r.tenant_id = m.tenant_id and r.message_id = m.id
    where m.author_id = ${userId}::uuid and m.revision > 0
      and (${after === null} or (m.seq, r.revision) > (${after?.[0] ?? '0'}::bigint, ${after?.[1] ?? '0'}::integer)) order by 1, 2 limit ${ROWS}`,
  reaction: ({ userId }, after) => sql`
    select m.seq as a, r.emoji as b, to_jsonb(r) as row from piece m join reaction r on r.tenant_id = m.tenant_id and r.message_id = m.id and r.user_id = ${userId}::uuid
    where m.reaction_kinds > 0
      and (${after === null} or (m.seq, r.emoji) > (${after?.[0] ?? '0'}::bigint, ${after?.[1] ?? ''})) order by 1, 2 limit ${ROWS}`,
}
export const saidTables = Object.keys(kinds)

export async function saidPage(db: Db, user: UserName, place: Said): Promise<ExportPage> {
  const { conversationId, head, from, table, after } = place
  const to = Math.min(from + PIECE, head)
  const rows = await db.$queryRaw<Row[]>`
    with piece as not materialized (
      select * from message where tenant_id = ${user.tenantId}::uuid and conversation_id = ${conversationId}::uuid and seq > ${BigInt(from)} and seq <= ${BigInt(to)}),
    own as (${kinds[table]?.(user, after) ?? sql`select 0 as a, 0 as b, '{}'::jsonb as row where false`})
    select (row - ${columnsLeftOut(table)}::text[])::text as row, array[a::text, b::text] as after from own order by a, b`
  const last = rows.length === ROWS ? rows.at(-1) : undefined
  const next = last ? { ...place, after: last.after } : behind(place, to)
  return {
    table,
    rows: rows.map(({ row }) => row),
    next,
    seen: next.step === 'SAID' && next.from === from ? 0 : to - from,
  }
}

/** The next kind of the same piece, or the next piece. */
function behind(place: Said, to: number): ExportPlace {
  const { conversationId, head } = place
  const table = saidTables[saidTables.indexOf(place.table) + 1]
  if (table) return { ...place, table, after: null }
  if (to < head) return { ...place, from: to, table: 'message', after: null }
  return { step: 'CONVERSATION', after: conversationId }
}
