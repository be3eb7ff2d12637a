/** Pages of messages by seq: of a conversation, of a thread, of what is pinned; from either end or around one. */
import { type Db, type Sql, sql } from '../db.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import type { Message, Seen, Uuid } from '../model.ts'
import { type MessageRow, messageColumns, messageOf } from './rows.ts'
import { seenBy } from './seen.ts'

export interface Window {
  /** Exclusive bounds; null is open. */
  after: number | null
  before: number | null
  limit: number
  /** Which end of the window to count from. The page itself is always in seq order. */
  from: 'first' | 'last'
}

/** Whose messages: a conversation's own, or those of one of its threads. */
export interface Where {
  tenantId: Uuid
  conversationId: Uuid
  threadId: Uuid | null
}

export interface Revision {
  revision: number
  text: string
  metadata: Message['metadata']
  mentions: Message['mentions']
  writtenAt: Date
}

interface HidesAsk {
  tenantId: Uuid
  userId: Uuid
  conversationId: Uuid
}

export type SeenConversation = Seen & { conversationId: Uuid }

export type History = ReturnType<typeof createHistory>

/** Not what the reader has deleted for himself. */
const notHiddenFrom = (userId: Sql) => sql`(m.hidden_count = 0 or not exists (
  select from message_hidden h where h.tenant_id = m.tenant_id and h.user_id = ${userId} and h.conversation_id = m.conversation_id and h.seq = m.seq))`
const notHidden = ({ userId }: Seen) => notHiddenFrom(sql`${userId}::uuid`)

const asked = (asks: readonly SeenConversation[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as a("userId" uuid, "conversationId" uuid, "from" bigint)`

const standsIn = ({ tenantId, conversationId, threadId }: Where) =>
  threadId
    ? sql`m.tenant_id = ${tenantId}::uuid and m.thread_id = ${threadId}::uuid`
    : sql`m.tenant_id = ${tenantId}::uuid and m.conversation_id = ${conversationId}::uuid and (m.thread_id is null or m.also_in_conversation)`

/** `db` may be a transaction. */
export function createHistory({ db }: { db: Pick<Db, '$queryRaw'> }) {
  async function page(
    where: Where,
    seen: Seen,
    { after, before, limit, from }: Window,
  ): Promise<{ messages: Message[]; hasMore: boolean }> {
    const [low, high] = [BigInt(Math.max(after ?? 0, seen.from - 1)), BigInt(before ?? Number.MAX_SAFE_INTEGER)]
    const rows = await db.$queryRaw<MessageRow[]>`
      select ${messageColumns} from message m
      where ${standsIn(where)} and m.seq > ${low} and m.seq < ${high} and ${notHidden(seen)}
      order by m.seq ${from === 'first' ? sql`asc` : sql`desc`} limit ${limit + 1}`
    const messages = rows.slice(0, limit).map((row) => seenBy(messageOf(row), seen))
    return { messages: from === 'first' ? messages : messages.reverse(), hasMore: rows.length > limit }
  }

  async function byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<Message[]> {
    const rows = await db.$queryRaw<MessageRow[]>`
      select ${messageColumns} from message m where m.tenant_id = ${tenantId}::uuid and m.id = any(${[...ids]}::uuid[])`
    return rows.map(messageOf)
  }

  return {
    page,
    byIds,

    /** Half of the page before that seq, the message itself, and what room is left after it. */
    async around(where: Where, seen: Seen, { seq, limit }: { seq: number; limit: number }) {
      const older = await page(where, seen, { after: null, before: seq, limit: Math.floor(limit / 2), from: 'last' })
      const room = limit - older.messages.length
      const newer = await page(where, seen, { after: seq - 1, before: null, limit: room, from: 'first' })
      return { messages: [...older.messages, ...newer.messages], hasOlder: older.hasMore, hasNewer: newer.hasMore }
    },

    /** The newest of each of these conversations. */
    async newest(tenantId: Uuid, asks: readonly SeenConversation[]): Promise<Message[]> {
      const rows = await db.$queryRaw<(MessageRow & { userId: Uuid; from: bigint })[]>`
        select m.*, a."userId", a."from" from ${asked(asks)}
        cross join lateral (
          select ${messageColumns} from message m
          where m.tenant_id = ${tenantId}::uuid and m.conversation_id = a."conversationId" and (m.thread_id is null or m.also_in_conversation) and m.seq >= a."from"
            and ${notHiddenFrom(sql`a."userId"`)} order by m.seq desc limit 1
        ) m`
      return rows.map((row) => seenBy(messageOf(row), { userId: row.userId, from: Number(row.from) }))
    },

    /** Of each of these conversations, newest pin first. */
    async pinned(tenantId: Uuid, asks: readonly SeenConversation[]): Promise<Message[]> {
      const rows = await db.$queryRaw<(MessageRow & { userId: Uuid; from: bigint })[]>`
        select ${messageColumns}, a."userId", a."from" from ${asked(asks)}
        join message m on m.tenant_id = ${tenantId}::uuid and m.conversation_id = a."conversationId" and m.pinned_at is not null and m.seq >= a."from"
        where ${notHiddenFrom(sql`a."userId"`)} order by m.pinned_at desc, m.seq desc`
      return rows.map((row) => seenBy(messageOf(row), { userId: row.userId, from: Number(row.from) }))
    },

    /** Whether somebody has deleted a message of a conversation for himself. */
    hidesIn: gathered<HidesAsk, boolean>((asks) => readHides(db, asks), CONNECTING),

    /** Which of these somebody has deleted for himself. */
    async hidden(tenantId: Uuid, asks: readonly { userId: Uuid; messageId: Uuid }[]): Promise<boolean[]> {
      const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
      const rows = await db.$queryRaw<{ ord: number }[]>`
        select a.ord from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "userId" uuid, "messageId" uuid)
        join message m on m.tenant_id = ${tenantId}::uuid and m.id = a."messageId"
        join message_hidden h on h.tenant_id = m.tenant_id and h.user_id = a."userId" and h.conversation_id = m.conversation_id and h.seq = m.seq`
      const found = new Set(rows.map(({ ord }) => ord))
      return asks.map((_, ord) => found.has(ord))
    },

    /** What it said before each edit, newest first. */
    async revisions(
      { tenantId, id }: Pick<Message, 'tenantId' | 'id'>,
      { before, limit }: { before: number | null; limit: number },
    ): Promise<Revision[]> {
      return db.$queryRaw<Revision[]>`
        select revision, text, metadata, coalesce(mentions, '[]') as mentions, written_at as "writtenAt" from message_revision
        where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid and (${before}::integer is null or revision < ${before}::integer)
        order by revision desc limit ${limit}`
    },
  }
}

async function readHides(db: Pick<Db, '$queryRaw'>, asks: readonly HidesAsk[]): Promise<boolean[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const rows = await db.$queryRaw<{ ord: number }[]>`
    select a.ord from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "userId" uuid, "conversationId" uuid)
    where exists (
      select from message_hidden h where h.tenant_id = a."tenantId" and h.user_id = a."userId" and h.conversation_id = a."conversationId" offset 0)`
  const found = new Set(rows.map(({ ord }) => ord))
  return asks.map((_, ord) => found.has(ord))
}
