/** When users were here last, and who wants to be seen by nobody: read for whoever connects, noted for many at once. */
import type { Db } from '../db.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import type { User, UserName, Uuid } from '../model.ts'

/** Many of one tenant, of whom the same is to be noted. */
export interface Noted {
  tenantId: Uuid
  userIds: Uuid[]
  /** null: only to learn how they are stored. */
  at: Date | null
  /** As it is known; null when it is not. */
  isInvisible: boolean | null
}

export type LastSeen = ReturnType<typeof createLastSeen>

export function createLastSeen({ db }: { db: Db }) {
  return {
    isInvisible: gathered<UserName, boolean>((names) => readInvisible(db, names), CONNECTING),

    /** One statement, however many. Answers of whom it is not as it was known whether he wants to be invisible: of those who want, nothing was noted. */
    async note(noted: readonly Noted[]): Promise<(UserName & { isInvisible: boolean })[]> {
      return db.$queryRaw`
        with given as (
          select g."tenantId", i.id, g.at, g."isInvisible"
          from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as g("tenantId" uuid, "userIds" uuid[], at timestamptz, "isInvisible" boolean)
          cross join unnest(g."userIds") as i(id)),
        noted as (
          update "user" u set last_seen_at = g.at from given g
          where u.tenant_id = g."tenantId" and u.id = g.id and not u.is_invisible and u.presence_to <> 'NOBODY' and (u.last_seen_at is null or u.last_seen_at < g.at))
        select u.tenant_id as "tenantId", u.id as "userId", u.is_invisible or u.presence_to = 'NOBODY' as "isInvisible"
        from given g join "user" u on u.tenant_id = g."tenantId" and u.id = g.id
        where g."isInvisible" is distinct from (u.is_invisible or u.presence_to = 'NOBODY')`
    },
  }
}

/** For now, or for good: his devices are not told of. */
export const isSeenByNobody = ({ isInvisible, presenceTo }: Pick<User, 'isInvisible' | 'presenceTo'>): boolean =>
  isInvisible || presenceTo === 'NOBODY'

/** Nobody is told more than the minute. */
export const toMinute = (at: Date | number): Date => new Date(Math.floor(Number(at) / 60_000) * 60_000)

async function readInvisible(db: Db, names: readonly UserName[]): Promise<boolean[]> {
  const rows = await db.$queryRaw<{ id: Uuid }[]>`
    select u.id from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as g("tenantId" uuid, "userId" uuid)
    join "user" u on u.tenant_id = g."tenantId" and u.id = g."userId" where u.is_invisible or u.presence_to = 'NOBODY'`
  const ids = new Set(rows.map(({ id }) => id))
  return names.map(({ userId }) => ids.has(userId))
}
