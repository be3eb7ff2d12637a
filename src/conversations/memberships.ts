/** Who is and was a member of what, and since which seq. Reads only: messages/append.ts writes. */
import { type Db, type Transaction, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import type { Conversation, Left, MemberRole, Membership, Uuid } from '../model.ts'
import { type ListenerAsk, type ListenerFacts, readListenerFacts } from './listener-facts.ts'
import {
  type ConversationRow,
  conversationColumns,
  conversationOf,
  type MembershipRow,
  membershipColumns,
  membershipOf,
} from './rows.ts'

/** All that access.ts needs to decide about one user and one conversation. */
export interface Facts {
  conversation: Conversation | null
  /** The open window. */
  membership: Membership | null
  /** The seq at which the newest ended window ended; null when there is none. */
  leftSeq: number | null
  /** The seq at which that window had begun, and when it ended. */
  leftFrom: number | null
  leftAt: Date | null
  /** Whom this user has blocked or muted. */
  ignored: ReadonlySet<Uuid>
  /** Of a direct conversation: what he says reaches nobody. */
  isUnreachable: boolean
}

interface Ask {
  tenantId: Uuid
  conversationId: Uuid
  userId: Uuid
}

interface WindowsAsk {
  tenantId: Uuid
  userId: Uuid
  endedSince: bigint
}

export interface Window {
  conversationId: Uuid
  joinedSeq: number
  leftSeq: number | null
  visibleFrom: number
  left?: Left
}

interface Own {
  pinOrder?: number | null
  mutedUntil?: Date | null
  isHidden?: boolean
}

export type Memberships = ReturnType<typeof createMemberships>

export function createMemberships({ db }: { db: Db }) {
  return {
    facts: gathered<Ask, Facts>((asks) => readFacts(db, asks), { most: 500 }),

    /** Of who begins to listen. */
    listenerFacts: gathered<ListenerAsk, ListenerFacts>((asks) => readListenerFacts(db, asks), {
      ...CONNECTING,
      most: 500,
    }),

    /** Windows of this user that are open, or ended at or after the position; with FROM_JOIN he sees the time of the window only. */
    windows: gathered<WindowsAsk, Window[]>((asks) => readWindows(db, asks), { ...CONNECTING, most: 100 }),

    /** Members as of now, in the order in which they joined. */
    async page(
      conversation: Pick<Conversation, 'tenantId' | 'id'>,
      { after, limit }: { after: { joinedSeq: number } | null; limit: number },
    ): Promise<Membership[]> {
      const rows = await db.membership.findMany({
        where: {
          tenantId: conversation.tenantId,
          conversationId: conversation.id,
          leftSeq: null,
          joinedSeq: { gt: after?.joinedSeq ?? 0 },
        },
        orderBy: { joinedSeq: 'asc' },
        take: limit,
      })
      return rows.map((row) => membershipOf({ tenantId: conversation.tenantId, conversationId: conversation.id }, row))
    },

    /** How many owners it has; asked under the stream's lock. */
    owners: (tx: Transaction, { tenantId, id }: Pick<Conversation, 'tenantId' | 'id'>): Promise<number> =>
      tx.membership.count({ where: { tenantId, conversationId: id, leftSeq: null, role: 'OWNER' } }),

    /** Answers what he was before; null when he is that already. Throws NOT_FOUND when he has just left. */
    async setRole(
      tx: Transaction,
      { tenantId, conversationId, userId }: Ask,
      role: MemberRole,
    ): Promise<MemberRole | null> {
      const where = { tenantId, conversationId, userId, leftSeq: null }
      const before = await tx.membership.findFirst({ where, select: { role: true } })
      if (!before) throw new ChatError('NOT_FOUND', { message: 'He has just left', path: 'input.userId' })
      if (before.role === role) return null
      await tx.membership.updateMany({ where, data: { role } })
      return before.role as MemberRole
    },

    /** What a member sets for himself; hidden is up to the newest event of now. Throws FORBIDDEN when he has just left. */
    async setOwn(
      tx: Transaction,
      { tenantId, conversationId, userId }: Ask,
      { pinOrder, mutedUntil, isHidden }: Own,
    ): Promise<void> {
      const changed = await tx.$executeRaw`
        update membership m set
          pin_order = case when ${pinOrder !== undefined} then ${pinOrder ?? null}::float8 else m.pin_order end,
          muted_until = case when ${mutedUntil !== undefined} then ${mutedUntil ?? null}::timestamptz else m.muted_until end,
          hidden_seq = case when ${isHidden !== undefined} then case when ${isHidden ?? false} then s.last_seq end else m.hidden_seq end
        from stream s where s.tenant_id = m.tenant_id and s.id = m.conversation_id
          and m.tenant_id = ${tenantId}::uuid and m.conversation_id = ${conversationId}::uuid and m.user_id = ${userId}::uuid and m.left_seq is null`
      if (!changed) throw new ChatError('FORBIDDEN', { message: 'You are no longer a member of this conversation' })
    },
  }
}

type FactsRow = {
  ord: number
  ended: bigint | null
  endedFrom: bigint | null
  endedAt: Date | null
  ignored: Uuid[] | null
  isUnreachable: boolean
} & {
  [Name in keyof ConversationRow]: ConversationRow[Name] | null
} & {
  [Name in keyof MembershipRow]: MembershipRow[Name] | null
}

async function readFacts(db: Db, asks: readonly Ask[]): Promise<Facts[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const rows = await db.$queryRaw<FactsRow[]>`
    select a.ord, ${conversationColumns}, ${membershipColumns}, w.left_seq as ended, w.joined_seq as "endedFrom", w.left_at as "endedAt", r.until as "timedOutUntil",
      (select array_agg(b.other_id) from user_aversion b where b.tenant_id = a."tenantId" and b.user_id = a."userId" and (b.blocked_at is not null or b.muted_at is not null)) as ignored,
      c.kind = 'DIRECT' and is_unreachable(a."tenantId", a."conversationId", a."userId") as "isUnreachable"
    from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "conversationId" uuid, "userId" uuid)
    -- Each by its key, whatever the planner believes: it read all of a user's memberships for each of his conversations.
    left join lateral (select * from conversation c where c.tenant_id = a."tenantId" and c.id = a."conversationId" limit 1) c on true
    left join lateral (
      select * from membership m where m.tenant_id = a."tenantId" and m.conversation_id = a."conversationId" and m.user_id = a."userId" and m.left_seq is null
      order by m.tenant_id, m.conversation_id, m.user_id, m.joined_seq desc limit 1) m on true
    left join lateral (
      select * from membership w where w.tenant_id = a."tenantId" and w.conversation_id = a."conversationId" and w.user_id = a."userId" and w.left_seq is not null
      order by w.tenant_id, w.conversation_id, w.user_id, w.joined_seq desc limit 1) w on true
    left join lateral (
      select r.until from restriction r where r.tenant_id = a."tenantId" and r.conversation_id = a."conversationId" and r.user_id = a."userId" and r.kind = 'TIMEOUT' and r.until > now()
      limit 1) r on true`.catch((error) => {
    throw unavailable(error)
  })
  const byOrd = new Map(rows.map((row) => [row.ord, row]))
  return asks.map((ask, ord) => factsOf(ask, byOrd.get(ord)))
}

export const NOTHING: Facts = {
  conversation: null,
  membership: null,
  leftSeq: null,
  leftFrom: null,
  leftAt: null,
  ignored: new Set(),
  isUnreachable: false,
}

function factsOf(ask: Ask, row: FactsRow | undefined): Facts {
  if (!row?.kind) return NOTHING
  return {
    conversation: conversationOf(row as ConversationRow),
    membership: row.role ? membershipOf(ask, row as MembershipRow) : null,
    leftSeq: row.ended === null ? null : Number(row.ended),
    leftFrom: row.endedFrom === null ? null : Number(row.endedFrom),
    leftAt: row.endedAt,
    ignored: row.ignored ? new Set(row.ignored) : NOTHING.ignored,
    isUnreachable: row.isUnreachable,
  }
}

interface WindowRow {
  ord: number
  conversationId: Uuid
  joinedSeq: bigint
  leftSeq: bigint | null
  leftAt: Date | null
  history: string
  isMember: boolean
}

async function readWindows(db: Db, asks: readonly WindowsAsk[]): Promise<Window[][]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask, endedSince: String(ask.endedSince) })))
  const rows = await db.$queryRaw<WindowRow[]>`
    select a.ord, w.* from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "userId" uuid, "endedSince" bigint)
    cross join lateral (
      select m.conversation_id as "conversationId", m.joined_seq as "joinedSeq", m.left_seq as "leftSeq", m.left_at as "leftAt", c.history,
        bool_or(m.left_seq is null) over (partition by m.conversation_id) as "isMember"
      from membership m join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      where m.tenant_id = a."tenantId" and m.user_id = a."userId" and (m.left_position is null or m.left_position >= a."endedSince")
    ) w order by a.ord, w."conversationId", w."joinedSeq"`
  const byOrd = Map.groupBy(rows, ({ ord }) => ord)
  return asks.map((_, ord) => (byOrd.get(ord) ?? []).map(windowOf))
}

const windowOf = ({ conversationId, joinedSeq, leftSeq, leftAt, history, isMember }: WindowRow): Window => ({
  conversationId,
  joinedSeq: Number(joinedSeq),
  leftSeq: leftSeq === null ? null : Number(leftSeq),
  visibleFrom: history === 'FROM_JOIN' ? Number(joinedSeq) : 1,
  ...(leftAt && !(isMember && history === 'ALL') && { left: { at: leftAt, isGone: !isMember } }),
})
