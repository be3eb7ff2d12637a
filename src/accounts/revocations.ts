/** What was taken from somebody in the last while: keys, server keys, users that were shut out. Asked again and again by each node with open sockets. */
import type { Db } from '../db.ts'
import type { Uuid } from '../model.ts'

/** Clocks differ, and a row is seen only when it is committed: what was just asked for is asked for again. */
const OVERLAP_SECONDS = 60

export type Revocations = ReturnType<typeof createRevocations>

export function createRevocations({ db }: { db: Db }) {
  return {
    /** Of the last so many seconds and some before: ids of keys and users of all tenants, in one statement. */
    async ofLast(seconds: number): Promise<ReadonlySet<Uuid>> {
      const rows = await db.$queryRaw<{ id: Uuid }[]>`
        with since as (select now() - make_interval(secs => ${seconds + OVERLAP_SECONDS}) as at)
        select k.id from tenant_key k, since where k.revoked_at > since.at
        union all select k.id from api_key k, since where k.revoked_at > since.at
        union all select u.id from "user" u, since where u.deactivated_at > since.at
        union all select b.user_id from user_ban b, since where b.at > since.at and (b.until is null or b.until > now())`
      return new Set(rows.map(({ id }) => id))
    },
  }
}
