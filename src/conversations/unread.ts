/**
 * What a member has not read. Nothing is written to members when something is said: the conversation counts its messages, each member keeps what the
 * count was where he has read to, and the difference is what is unread, less what has been deleted since, for all or for him alone.
 */
import { type Db, type Sql, sql } from '../db.ts'
import type { Uuid } from '../model.ts'

export interface Unread {
  messages: number
  /** Messages that mention him, by name or with everybody. */
  mentions: number
}

export interface UnreadTotals extends Unread {
  /** Conversations with something unread. */
  conversations: number
  /** Unread replies in threads that he follows. */
  replies: number
}

type Row = Record<string, unknown> & { id: Uuid; messages: bigint; mentions: bigint }

const EVERYBODY = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/** Asked for one user at a time: for both at once the planner may read everybody's mentions, and filter. */
const mentionsOf = (mark: Sql, userId: Sql, mentions: Sql): Sql => sql`
  select n.seq from mention n
  where n.tenant_id = ${mark}.tenant_id and n.conversation_id = ${mark}.conversation_id and n.user_id = ${userId}
    and n.seq > ${mark}.read_seq and ${mentions} and n.author_id is distinct from ${mark}.user_id
    and not exists (select from message_hidden h where h.tenant_id = n.tenant_id and h.user_id = ${mark}.user_id and h.conversation_id = n.conversation_id and h.seq = n.seq)
    and not exists (select from user_aversion v where v.tenant_id = n.tenant_id and v.user_id = ${mark}.user_id and v.other_id = n.author_id and (v.blocked_at is not null or v.muted_at is not null))`

/** `mark` is the row that holds his place (m or f); `messages` x and `mentions` n say what belongs there. */
const behind = (mark: Sql, counted: Sql, messages: Sql, mentions: Sql): Sql => sql`cross join lateral (
  select case when ${counted} = ${mark}.read_ordinal then 0 else ${counted} - ${mark}.read_ordinal - ${mark}.own_unread
    - (select count(*) from message x where ${messages} and x.seq > ${mark}.read_seq and x.deleted_at is not null and not x.silent and x.author_id is distinct from ${mark}.user_id)
    - (select count(*) from message_hidden h join message x on x.tenant_id = h.tenant_id and x.id = h.message_id
       where h.tenant_id = ${mark}.tenant_id and h.user_id = ${mark}.user_id and h.conversation_id = ${mark}.conversation_id and h.seq > ${mark}.read_seq
         and ${messages} and x.deleted_at is null and not x.silent and x.author_id is distinct from ${mark}.user_id)
    end as messages,
  case when ${counted} = ${mark}.read_ordinal then 0 else (
    select count(*) from (${mentionsOf(mark, sql`${mark}.user_id`, mentions)} union ${mentionsOf(mark, EVERYBODY, mentions)}) n) end as mentions
) u`

const inConversations = behind(
  sql`m`,
  sql`s.counted`,
  sql`x.tenant_id = m.tenant_id and x.conversation_id = m.conversation_id and (x.thread_id is null or x.also_in_conversation)`,
  sql`n.is_in_conversation`,
)
const inThreads = behind(
  sql`f`,
  sql`t.counted`,
  sql`x.tenant_id = f.tenant_id and x.thread_id = f.thread_id`,
  sql`n.thread_id = f.thread_id`,
)

/** His open memberships m, each with its stream s and its conversation c: by key, whatever the planner believes; it read all of the tenant's. */
const memberships = sql`membership m
  cross join lateral (select * from stream s where s.tenant_id = m.tenant_id and s.id = m.conversation_id limit 1) s
  cross join lateral (select * from conversation c where c.tenant_id = m.tenant_id and c.id = m.conversation_id limit 1) c`
const areHis = (tenantId: Uuid, userId: Uuid): Sql =>
  sql`m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid and m.left_seq is null`

/** Threads that he follows, as f and t, beside m and c: none whose root he does not see, since he could never read it. */
const followed = sql`join thread_member f on f.tenant_id = m.tenant_id and f.user_id = m.user_id and f.conversation_id = m.conversation_id and f.is_following
  join thread t on t.tenant_id = f.tenant_id and t.message_id = f.thread_id and (c.history = 'ALL' or t.root_seq >= m.joined_seq)
    and not exists (select from message_hidden h where h.tenant_id = f.tenant_id and h.user_id = f.user_id and h.conversation_id = f.conversation_id and h.seq = t.root_seq)`

/** What is muted, hidden or archived, or waits for his answer, asks for nobody's attention. */
const isLoud = sql`(m.muted_until is null or m.muted_until <= now()) and (m.hidden_seq is null or s.last_seq > m.hidden_seq) and c.archived_at is null
  and (c.contact_to is distinct from m.user_id or c.contact_state = 'ACCEPTED')`

export type UnreadCounts = ReturnType<typeof createUnreadCounts>

export function createUnreadCounts({ db }: { db: Db }) {
  return {
    /** Of these conversations; none of those in which he is no member. */
    async conversations(tenantId: Uuid, userId: Uuid, ids: readonly Uuid[]): Promise<Map<Uuid, Unread>> {
      const rows = await db.$queryRaw<Row[]>`
        select m.conversation_id as id, u.messages, u.mentions from ${memberships} ${inConversations}
        where ${areHis(tenantId, userId)} and m.conversation_id = any(${[...ids]}::uuid[])`
      return byId(rows)
    },

    /** Of these threads; none of those that he does not follow. */
    async threads(tenantId: Uuid, userId: Uuid, ids: readonly Uuid[]): Promise<Map<Uuid, Unread>> {
      const rows = await db.$queryRaw<Row[]>`
        select f.thread_id as id, u.messages, u.mentions from ${memberships} ${followed} ${inThreads}
        where ${areHis(tenantId, userId)} and f.thread_id = any(${[...ids]}::uuid[])`
      return byId(rows)
    },

    async totals(tenantId: Uuid, userId: Uuid): Promise<UnreadTotals> {
      const [own] = await db.$queryRaw<
        { conversations: bigint; messages: bigint; mentions: bigint; replies: bigint }[]
      >`
        with own as (
          select u.messages, u.mentions from ${memberships} ${inConversations}
          where ${areHis(tenantId, userId)} and s.counted > m.read_ordinal and ${isLoud}
        ), threads as (
          select u.messages, u.mentions from ${memberships} ${followed} ${inThreads}
          where ${areHis(tenantId, userId)} and t.counted > f.read_ordinal and ${isLoud}
        )
        select (select count(*) from own where messages > 0) as conversations, (select coalesce(sum(messages), 0)::bigint from own) as messages,
          (select coalesce(sum(mentions), 0)::bigint from own) + (select coalesce(sum(mentions), 0)::bigint from threads) as mentions,
          (select coalesce(sum(messages), 0)::bigint from threads) as replies`
      const { conversations = 0n, messages = 0n, mentions = 0n, replies = 0n } = own ?? {}
      return {
        conversations: Number(conversations),
        messages: Number(messages),
        mentions: Number(mentions),
        replies: Number(replies),
      }
    },
  }
}

const byId = (rows: readonly Row[]): Map<Uuid, Unread> =>
  new Map(rows.map(({ id, messages, mentions }) => [id, { messages: Number(messages), mentions: Number(mentions) }]))
