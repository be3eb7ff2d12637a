/** Whom a user has blocked or muted. The only file that writes `user_aversion`. */
import { type Db, type Sql, sql, type Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import type { Limits } from '../limits.ts'
import type { UserName, Uuid } from '../model.ts'

export interface Aversions {
  /** Whom he has blocked or muted: what they say is collapsed for him. */
  ignored: ReadonlySet<Uuid>
  /** Whom he has blocked, and who has blocked him: of each other they learn nothing. */
  severed: ReadonlySet<Uuid>
}

export type Kind = 'BLOCK' | 'MUTE'

export interface Aversion {
  userId: Uuid
  since: Date
}

interface Change {
  kind: Kind
  userId: Uuid
  at: Date | null
}

const columnOf = (kind: Kind) => (kind === 'BLOCK' ? sql`blocked_at` : sql`muted_at`)

export type AversionStore = ReturnType<typeof createAversionStore>

export function createAversionStore({ db }: { db: Db }) {
  return {
    of: gathered<UserName, Aversions>((names) => readAversions(db, names), CONNECTING),

    /** Under the lock of his own stream. Answers whether it was otherwise before. Throws LIMIT_EXCEEDED. */
    async set(
      tx: Transaction,
      { tenantId, userId }: UserName,
      { kind, userId: other, at }: Change,
      { aversions: max }: Pick<Limits, 'aversions'>,
    ): Promise<boolean> {
      const column = columnOf(kind)
      const isOn = sql`(a.blocked_at is not null or a.muted_at is not null)`
      const [held] = await tx.$queryRaw<{ count: bigint }[]>`
        select count(*) from user_aversion a where a.tenant_id = ${tenantId}::uuid and a.user_id = ${userId}::uuid and a.other_id <> ${other}::uuid and ${isOn}`
      if (at && Number(held?.count) >= max)
        throw new ChatError('LIMIT_EXCEEDED', {
          message: `At most ${max} users are blocked or muted by one`,
          limit: 'aversions',
          max,
        })
      const changed = await tx.$executeRaw`
        insert into user_aversion as a (tenant_id, user_id, other_id, ${column}, changed_at)
        select ${tenantId}::uuid, ${userId}::uuid, ${other}::uuid, ${at}::timestamptz, clock_timestamp()
        where ${at !== null} or exists (select from user_aversion o where o.tenant_id = ${tenantId}::uuid and o.user_id = ${userId}::uuid and o.other_id = ${other}::uuid)
        on conflict (tenant_id, user_id, other_id) do update set ${column} = excluded.${column}, changed_at = excluded.changed_at
          where (a.${column} is null) <> (excluded.${column} is null)`
      return changed > 0
    },

    /** Whether a direct conversation with this user would reach nobody: asked under the locks of both own streams. */
    async isUnreachable(tx: Transaction, { tenantId, userId }: UserName, other: Uuid): Promise<boolean> {
      const [row] = await tx.$queryRaw<{ is: boolean }[]>`
        select u.deactivated_at is not null or is_severed(u.tenant_id, ${userId}::uuid, u.id) as is from "user" u
        where u.tenant_id = ${tenantId}::uuid and u.id = ${other}::uuid`
      return row?.is ?? true
    },

    /** Newest first. */
    async page(
      { tenantId, userId }: UserName,
      kind: Kind,
      { after, limit }: { after: Aversion | null; limit: number },
    ): Promise<Aversion[]> {
      const column = columnOf(kind)
      return db.$queryRaw<Aversion[]>`
        select other_id as "userId", ${column} as since from user_aversion
        where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and ${column} is not null
          and (${after === null} or (${column}, other_id) < (${after?.since ?? null}::timestamptz, ${after?.userId ?? null}::uuid))
        order by ${column} desc, other_id desc limit ${limit}`
    },

    /** Whether each of these and the other one learn nothing of each other. */
    async severed(tenantId: Uuid, userId: Uuid, others: readonly Uuid[]): Promise<boolean[]> {
      const rows = await db.$queryRaw<{ id: Uuid; severed: boolean }[]>`
        select o.id, is_severed(${tenantId}::uuid, ${userId}::uuid, o.id) as severed from unnest(${[...others]}::uuid[]) as o(id)`
      const found = new Map(rows.map(({ id, severed }) => [id, severed]))
      return others.map((id) => found.get(id) ?? false)
    },

    /** Both sides of what was changed in the last seconds. */
    async changedLately(seconds: number): Promise<UserName[]> {
      return db.$queryRaw<UserName[]>`
        select a.tenant_id as "tenantId", u.id as "userId" from user_aversion a cross join lateral (values (a.user_id), (a.other_id)) as u(id)
        where ${isOfLast(seconds)}`
    },
  }
}

async function readAversions(db: Db, names: readonly UserName[]): Promise<Aversions[]> {
  const given = JSON.stringify(names.map((name, ord) => ({ ord, ...name })))
  const rows = await db.$queryRaw<{ ord: number; other: Uuid; ignored: boolean; severed: boolean }[]>`
    with given as (select * from jsonb_to_recordset(${given}::jsonb) as g(ord integer, "tenantId" uuid, "userId" uuid))
    select g.ord, a.other_id as other, true as ignored, a.blocked_at is not null as severed
    from given g join user_aversion a on a.tenant_id = g."tenantId" and a.user_id = g."userId" and (a.blocked_at is not null or a.muted_at is not null)
    union all
    select g.ord, a.user_id, false, true
    from given g join user_aversion a on a.tenant_id = g."tenantId" and a.other_id = g."userId" and a.blocked_at is not null`
  const byOrd = Map.groupBy(rows, ({ ord }) => ord)
  const others = (ord: number, which: 'ignored' | 'severed') =>
    new Set((byOrd.get(ord) ?? []).filter((row) => row[which]).map(({ other }) => other))
  return names.map((_, ord) =>
    byOrd.has(ord) ? { ignored: others(ord, 'ignored'), severed: others(ord, 'severed') } : NO_AVERSIONS,
  )
}

const isOfLast = (seconds: number): Sql =>
  sql`changed_at > clock_timestamp() - make_interval(secs => ${seconds}::integer)`

/** Whether `changedLately` would find any. */
export const haveChangedLately = (seconds: number): Sql =>
  sql`exists (select from user_aversion where ${isOfLast(seconds)})`

export const NO_AVERSIONS: Aversions = { ignored: new Set(), severed: new Set() }
