/** Who is and was a member of what, and since which seq. Reads only: messages/append.ts writes. */
import DataLoader from 'dataloader'
import type { Db } from '../db.ts'
import { unavailable } from '../db.ts'
import type { Conversation, MemberRole, Membership, Uuid } from '../model.ts'

/** All that access.ts needs to decide about one user and one conversation. */
export interface Facts {
  conversation: Conversation | null
  /** The open window. */
  membership: Membership | null
  /** The seq at which the newest ended window ended; null when there is none. */
  leftSeq: number | null
}

interface Ask {
  tenantId: Uuid
  conversationId: Uuid
  userId: Uuid
}

export type Memberships = ReturnType<typeof createMemberships>

export function createMemberships({ db }: { db: Db }) {
  /** What is asked in one tick is one query; nothing is kept after it. */
  const facts = new DataLoader<Ask, Facts>((asks) => readFacts(db, asks), { cache: false, maxBatchSize: 500 })

  return {
    facts: (ask: Ask): Promise<Facts> => facts.load(ask),

    /** Windows of this user that are open, or ended at or after the position. */
    async windows(
      tenantId: Uuid,
      userId: Uuid,
      endedSince: bigint,
    ): Promise<{ conversationId: Uuid; joinedSeq: number; leftSeq: number | null }[]> {
      const rows = await db.$queryRaw<{ conversationId: Uuid; joinedSeq: bigint; leftSeq: bigint | null }[]>`
        select conversation_id as "conversationId", joined_seq as "joinedSeq", left_seq as "leftSeq"
        from membership where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and (left_position is null or left_position >= ${endedSince})
        order by conversation_id, joined_seq`
      return rows.map((row) => ({
        conversationId: row.conversationId,
        joinedSeq: Number(row.joinedSeq),
        leftSeq: row.leftSeq === null ? null : Number(row.leftSeq),
      }))
    },

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
      return rows.map((row) => ({
        ...row,
        role: row.role as MemberRole,
        joinedSeq: Number(row.joinedSeq),
        leftSeq: null,
      }))
    },

    count: (conversation: Pick<Conversation, 'tenantId' | 'id'>): Promise<number> =>
      db.membership.count({
        where: { tenantId: conversation.tenantId, conversationId: conversation.id, leftSeq: null },
      }),
  }
}

interface FactsRow {
  ord: number
  kind: Conversation['kind'] | null
  title: string | null
  createdBy: Uuid | null
  createdAt: Date
  role: MemberRole | null
  joinedSeq: bigint
  joinedAt: Date
  ended: bigint | null
}

async function readFacts(db: Db, asks: readonly Ask[]): Promise<Facts[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const rows = await db.$queryRaw<FactsRow[]>`
    select a.ord, c.kind, c.title, c.created_by as "createdBy", c.created_at as "createdAt",
      m.role, m.joined_seq as "joinedSeq", m.joined_at as "joinedAt",
      (select max(w.left_seq) from membership w where w.tenant_id = a."tenantId" and w.conversation_id = a."conversationId" and w.user_id = a."userId") as ended
    from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "conversationId" uuid, "userId" uuid)
    left join conversation c on c.tenant_id = a."tenantId" and c.id = a."conversationId"
    left join membership m on m.tenant_id = a."tenantId" and m.conversation_id = a."conversationId" and m.user_id = a."userId" and m.left_seq is null`.catch(
    (error) => {
      throw unavailable(error)
    },
  )
  const byOrd = new Map(rows.map((row) => [row.ord, row]))
  return asks.map((ask, ord) => factsOf(ask, byOrd.get(ord)))
}

function factsOf({ tenantId, conversationId, userId }: Ask, row: FactsRow | undefined): Facts {
  if (!row?.kind) return { conversation: null, membership: null, leftSeq: null }
  const { kind, title, createdBy, createdAt, role, joinedAt } = row
  return {
    conversation: { tenantId, id: conversationId, kind, title, createdBy, createdAt },
    membership: role
      ? { tenantId, conversationId, userId, role, joinedSeq: Number(row.joinedSeq), joinedAt, leftSeq: null }
      : null,
    leftSeq: row.ended === null ? null : Number(row.ended),
  }
}
