/** What was taken from somebody in the last while: keys, server keys, users that were shut out or signed out, tenants that were suspended. Asked again and again by each node with open sockets. */
import type { Db } from '../db.ts'
import type { Uuid } from '../model.ts'

/** Clocks differ, and a row is seen only when it is committed: what was just asked for is asked for again. */
const OVERLAP_SECONDS = 60
/** So long a sign-out waits, that its event is heard before. */
const HEARD_MS = 200

export interface Revoked {
  /** Of keys, and of users that were shut out. */
  ids: ReadonlySet<Uuid>
  /** Hashes of tokens. */
  tokens: ReadonlySet<string>
  /** Users whose tokens of before are refused. */
  signedOut: ReadonlyMap<Uuid, Date>
}

export type Revocations = ReturnType<typeof createRevocations>

export function createRevocations({ db }: { db: Db }) {
  return {
    /** Of the last so many seconds and some before: of all tenants, in one statement. */
    async ofLast(seconds: number): Promise<Revoked> {
      const rows = await db.$queryRaw<{ id: Uuid | null; token: string | null; signedOutAt: Date | null }[]>`
        with since as (
          select now() - make_interval(secs => ${seconds + OVERLAP_SECONDS}) as at, clock_timestamp() - make_interval(secs => ${HEARD_MS / 1_000}) as heard)
        select k.id, null as token, null::timestamptz as "signedOutAt" from tenant_key k, since where k.revoked_at > since.at
        union all select k.id, null, null from tenant_key k, since where k.expires_at > since.at and k.expires_at <= now()
        union all select k.id, null, null from api_key k, since where k.revoked_at > since.at
        union all select t.id, null, null from tenant t, since where t.suspended_at > since.at
        union all select d.tenant_id, null, null from tenant_deletion d, since where d.finished_at > since.at
        union all select u.id, null, null from "user" u, since where u.deactivated_at > since.at
        union all select b.user_id, null, null from user_ban b, since where b.at > since.at and (b.until is null or b.until > now())
        union all select u.id, null, u.signed_out_at from "user" u, since where u.signed_out_at > since.at and u.signed_out_at <= since.heard
        union all select null, t.token_hash, null from signed_out_token t, since where t.signed_out_at > since.at and t.signed_out_at <= since.heard`
      return {
        ids: new Set(rows.flatMap(({ id, signedOutAt }) => (id && !signedOutAt ? id : []))),
        tokens: new Set(rows.flatMap(({ token }) => token ?? [])),
        signedOut: new Map(
          rows.flatMap(({ id, signedOutAt }) => (id && signedOutAt ? [[id, signedOutAt] as const] : [])),
        ),
      }
    },
  }
}
