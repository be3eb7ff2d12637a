/** Who shares a conversation with whom: reads only, each question of one tick in one query. */
import type { Db } from '../db.ts'
import { gathered } from '../lib/gathered.ts'
import type { Conversation, UserCaller, UserName, Uuid } from '../model.ts'

/** Somebody whose presence the asker may see: he shows it to all, or to those with whom he shares a conversation. */
export interface Acquaintance {
  /** Whether he wants it known. */
  showsLastSeen: boolean
  /** null unless he does, and where it is not noted. */
  lastSeenAt: Date | null
}

interface Ask {
  tenantId: Uuid
  viewerId: Uuid
  /** He meets nobody outside his conversation. */
  isGuest: boolean
  userId: Uuid
}

/** A conversation and one of its members. */
export interface Belonging {
  conversationId: Uuid
  userId: Uuid
}

export interface InCommon {
  sharesOne: boolean
  hasDirect: boolean
  isKnown: boolean
}

type Viewing = Pick<UserCaller, 'tenantId' | 'userId' | 'guestOf'>

export type Acquaintances = ReturnType<typeof createAcquaintances>

export function createAcquaintances({ db }: { db: Db }) {
  // When somebody comes or goes, all who watch him ask in the same moment.
  const acquaintance = gathered<Ask, Acquaintance | null>((asks) => readAcquaintances(db, asks), { most: 2_000 })

  return {
    /** In the order of the ids: null for strangers, and for ids of nobody. */
    of: (
      { tenantId, userId: viewerId, guestOf }: Viewing,
      userIds: readonly Uuid[],
    ): Promise<(Acquaintance | null)[]> =>
      Promise.all(userIds.map((userId) => acquaintance({ tenantId, viewerId, isGuest: guestOf !== null, userId }))),

    /** What the two have in common just now. A public channel, in which anybody may be, and a broadcast, in which they do not speak, make nobody known. */
    async between({ tenantId, userId }: UserName, otherId: Uuid): Promise<InCommon> {
      const [row] = await db.$queryRaw<{ shared: bigint; direct: bigint; known: bigint }[]>`
        select count(*) as shared, count(*) filter (where c.kind = 'DIRECT') as direct,
          count(*) filter (where c.visibility <> 'PUBLIC' and c.kind <> 'BROADCAST' and (c.contact_state is null or c.contact_state = 'ACCEPTED')) as known
        from membership own join membership o on o.tenant_id = own.tenant_id and o.conversation_id = own.conversation_id and o.user_id = ${otherId}::uuid and o.left_seq is null
        join conversation c on c.tenant_id = own.tenant_id and c.id = own.conversation_id
        where own.tenant_id = ${tenantId}::uuid and own.user_id = ${userId}::uuid and own.left_seq is null`
      const { shared = 0n, direct = 0n, known = 0n } = row ?? {}
      return { sharesOne: shared > 0n, hasDirect: direct > 0n, isKnown: known > 0n }
    },

    /** Of these users those with whom he shares a conversation, of whatever kind, that waits for no answer; and whether a direct one is among them. */
    async commonWith(
      { tenantId, userId }: UserName,
      otherIds: readonly Uuid[],
    ): Promise<Map<Uuid, Pick<InCommon, 'hasDirect'>>> {
      const rows = await db.$queryRaw<{ userId: Uuid; hasDirect: boolean }[]>`
        select o.user_id as "userId", bool_or(c.kind = 'DIRECT') as "hasDirect"
        from membership own join membership o on o.tenant_id = own.tenant_id and o.conversation_id = own.conversation_id and o.user_id = any(${[...otherIds]}::uuid[]) and o.left_seq is null
        join conversation c on c.tenant_id = own.tenant_id and c.id = own.conversation_id
        where own.tenant_id = ${tenantId}::uuid and own.user_id = ${userId}::uuid and own.left_seq is null and (c.contact_state is null or c.contact_state = 'ACCEPTED')
        group by o.user_id`
      return new Map(rows.map(({ userId: id, hasDirect }) => [id, { hasDirect }]))
    },

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

/** Oneself is an acquaintance, too; who waits for an answer is none. From each one's own memberships, so that it ends at the first that both have. */
async function readAcquaintances(db: Db, asks: readonly Ask[]): Promise<(Acquaintance | null)[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const rows = await db.$queryRaw<(Acquaintance & { ord: number })[]>`
    select a.ord, u.shows_last_seen as "showsLastSeen", case when u.shows_last_seen then u.last_seen_at end as "lastSeenAt"
    from jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "viewerId" uuid, "isGuest" boolean, "userId" uuid)
    join "user" u on u.tenant_id = a."tenantId" and u.id = a."userId"
    where a."userId" = a."viewerId" or not is_severed(a."tenantId", a."viewerId", a."userId") and ((u.presence_to = 'EVERYBODY' and not a."isGuest") or u.presence_to <> 'NOBODY' and exists (
      select from membership o join membership own on own.tenant_id = o.tenant_id and own.conversation_id = o.conversation_id
        and own.user_id = a."viewerId" and own.left_seq is null
      cross join lateral (select c.contact_state from conversation c where c.tenant_id = o.tenant_id and c.id = o.conversation_id limit 1) c
      where o.tenant_id = a."tenantId" and o.user_id = a."userId" and o.left_seq is null and (c.contact_state is null or c.contact_state = 'ACCEPTED')))`
  const found = new Map(rows.map((row) => [row.ord, row]))
  return asks.map((_, ord) => found.get(ord) ?? null)
}
