/** Who shares a conversation with whom: reads only, each question of one tick in one query. */
import type { Db } from '../db.ts'
import { gathered } from '../lib/gathered.ts'
import type { Conversation, Uuid } from '../model.ts'

/** Somebody whose presence the asker may see. */
export interface Acquaintance {
  /** Whether he wants it known. */
  showsLastSeen: boolean
  /** null unless he does, and where it is not noted. */
  lastSeenAt: Date | null
}

interface Ask {
  tenantId: Uuid
  viewerId: Uuid
  userId: Uuid
}

/** A conversation and one of its members. */
export interface Belonging {
  conversationId: Uuid
  userId: Uuid
}

export type Acquaintances = ReturnType<typeof createAcquaintances>

export function createAcquaintances({ db }: { db: Db }) {
  // When somebody comes or goes, all who watch him ask in the same moment.
  const acquaintance = gathered<Ask, Acquaintance | null>((asks) => readAcquaintances(db, asks), { most: 2_000 })

  return {
    /** In the order of the ids: null for strangers, and for ids of nobody. */
    of: (tenantId: Uuid, viewerId: Uuid, userIds: readonly Uuid[]): Promise<(Acquaintance | null)[]> =>
      Promise.all(userIds.map((userId) => acquaintance({ tenantId, viewerId, userId }))),

    /** Of these users those who are members of any of these conversations. */
    async among(tenantId: Uuid, userIds: readonly Uuid[], conversationIds: readonly Uuid[]): Promise<Belonging[]> {
      return db.$queryRaw`
        select m.conversation_id as "conversationId", m.user_id as "userId" from membership m
        where m.tenant_id = ${tenantId}::uuid and m.user_id = any(${[...userIds]}::uuid[]) and m.conversation_id = any(${[...conversationIds]}::uuid[])
          and m.left_seq is null`
    },

    /** All members as of now, page by page. */
    async *members({ tenantId, id }: Pick<Conversation, 'tenantId' | 'id'>): AsyncGenerator<Uuid[]> {
      let after = 0n
      for (;;) {
        const rows = await db.$queryRaw<{ userId: Uuid; seq: bigint }[]>`
          select user_id as "userId", joined_seq as seq from membership
          where tenant_id = ${tenantId}::uuid and conversation_id = ${id}::uuid and left_seq is null and joined_seq > ${after}
          order by joined_seq limit ${PAGE}`
        yield rows.map(({ userId }) => userId)
        if (rows.length < PAGE) return
        after = rows.at(-1)?.seq ?? after
      }
    },
  }
}

const PAGE = 2_000

/** Oneself is an acquaintance, too. From each one's own memberships, so that it ends at the first that both have. */
async function readAcquaintances(db: Db, asks: readonly Ask[]): Promise<(Acquaintance | null)[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const rows = await db.$queryRaw<(Acquaintance & { ord: number })[]>`
    select a.ord, u.shows_last_seen as "showsLastSeen", case when u.shows_last_seen then u.last_seen_at end as "lastSeenAt"
    from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "viewerId" uuid, "userId" uuid)
    join "user" u on u.tenant_id = a."tenantId" and u.id = a."userId"
    where a."userId" = a."viewerId" or exists (
      select from membership o join membership own on own.tenant_id = o.tenant_id and own.conversation_id = o.conversation_id
        and own.user_id = a."viewerId" and own.left_seq is null
      where o.tenant_id = a."tenantId" and o.user_id = a."userId" and o.left_seq is null)`
  const found = new Map(rows.map((row) => [row.ord, row]))
  return asks.map((_, ord) => found.get(ord) ?? null)
}
