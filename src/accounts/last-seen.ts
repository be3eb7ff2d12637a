/** When users were here last, and who wants to be seen by nobody: read for whoever connects, noted for many at once. */
import type { Db } from '../db.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import type { User, UserName, Uuid } from '../model.ts'

/** `at` null: only to learn how he is stored. */
export interface Noted extends UserName {
  at: Date | null
}

export type LastSeen = ReturnType<typeof createLastSeen>

export function createLastSeen({ db }: { db: Db }) {
  return {
    isInvisible: gathered<UserName, boolean>((names) => readInvisible(db, names), CONNECTING),

    /** One statement, however many. Answers who of them wants to be invisible: of these nothing was noted. */
    async note(noted: readonly Noted[]): Promise<(UserName & { isInvisible: boolean })[]> {
      return db.$queryRaw`
        with given as (select * from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as g("tenantId" uuid, "userId" uuid, at timestamptz)),
        noted as (
          update "user" u set last_seen_at = g.at from given g
          where u.tenant_id = g."tenantId" and u.id = g."userId" and not u.is_invisible and u.presence_to <> 'NOBODY' and (u.last_seen_at is null or u.last_seen_at < g.at))
        select u.tenant_id as "tenantId", u.id as "userId", u.is_invisible or u.presence_to = 'NOBODY' as "isInvisible"
        from given g join "user" u on u.tenant_id = g."tenantId" and u.id = g."userId"`
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
