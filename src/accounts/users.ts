/** A tenant's users and the beginning of their own streams. Writes `user`, together with last-seen.ts. */
import { type Db, sql } from '../db.ts'
import { ChatError } from '../errors.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import { newUuid } from '../lib/ids.ts'
import { ShortLived } from '../lib/short-lived.ts'
import type { TenantRole, User, Uuid } from '../model.ts'
import { nameHash } from './erasures.ts'
import { isGuestName } from './guests.ts'
import { isSignedOut, type SignOuts } from './sign-outs.ts'
import type { TokenClaims } from './tokens.ts'

export interface UserInput {
  externalId: string
  name: string
  avatarUrl?: string | null
  role?: TenantRole
  knownSince?: Date | null
}

/** Whom a token names. */
export interface SeenUser {
  userId: Uuid
  knownSince: Date
  /** The one conversation of a guest. */
  guestOf: Uuid | null
}

interface Named {
  tenantId: Uuid
  externalId: string
}

export type Users = ReturnType<typeof createUsers>

export function createUsers({ db }: { db: Db }) {
  /** That somebody was deactivated or signed out is noticed on every node after this time. */
  const byExternalId = new ShortLived<Known>({ max: 100_000, ttlMs: 1_000 })

  const known = gathered<Named, Known | null>((names) => readKnown(db, names), CONNECTING)

  async function upsert(tenantId: Uuid, inputs: readonly UserInput[], onKnown: 'keep' | 'update'): Promise<User[]> {
    const rows = inputs.map((input) => ({
      id: newUuid(),
      external_id: input.externalId,
      name: input.name,
      avatar_url: input.avatarUrl ?? null,
      role: input.role ?? null,
      known_since: input.knownSince ?? null,
    }))
    await db.$queryRaw`
      with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, external_id text, name text, avatar_url text, role text, known_since timestamptz)),
      stored as (
        insert into "user" as u (tenant_id, id, external_id, name, avatar_url, role, given_name, given_avatar_url, known_since)
        select ${tenantId}::uuid, g.id, g.external_id, g.name, g.avatar_url, coalesce(g.role, 'USER'), g.name, g.avatar_url, g.known_since from given g order by g.external_id
        on conflict (tenant_id, external_id) do update
          set given_name = excluded.name, given_avatar_url = excluded.avatar_url, updated_at = now(),
              name = case when u.given_name is distinct from excluded.name then excluded.name else u.name end,
              avatar_url = case when u.given_avatar_url is distinct from excluded.avatar_url then excluded.avatar_url else u.avatar_url end,
              role = coalesce((select g.role from given g where g.external_id = excluded.external_id), u.role),
              known_since = coalesce(excluded.known_since, u.known_since)
          where ${onKnown} = 'update'
        returning u.id)
      insert into stream (tenant_id, id) select ${tenantId}::uuid, id from stored on conflict do nothing`
    return db.user.findMany({
      where: { tenantId, externalId: { in: inputs.map(({ externalId }) => externalId) } },
    }) as Promise<User[]>
  }

  return {
    /** The user that a verified token names; he is created on first sight. */
    async seen(tenantId: Uuid, claims: TokenClaims): Promise<SeenUser> {
      const { externalId, name, role } = claims
      const key = `${tenantId} ${externalId}`
      const kept = byExternalId.get(key)
      const found = kept ?? (await known({ tenantId, externalId }))
      if (found?.isDeactivated) refuse('This user is deactivated')
      if (found?.ban) refuse(banned(found.ban))
      if (found && isSignedOut(found, claims)) refuse('This token was signed out; get a new one')
      if (found) {
        if (!kept) byExternalId.set(key, found)
        return seenOf(found)
      }
      if (await wasErased(db, tenantId, claims)) refuse('The user of this token was erased')
      if (isGuestName(externalId)) refuse('This guest is a user now: get a token of his own')
      const [stored] = await upsert(tenantId, [{ externalId, name: name ?? externalId, role }], 'keep')
      if (!stored) throw new Error('a user that was just stored is not there')
      const seen = { userId: stored.id, knownSince: stored.createdAt, guestOf: null }
      byExternalId.set(key, { ...seen, isDeactivated: false, ban: null, signedOutAt: null, signedOutTokens: [] })
      return seen
    },

    /** What is kept of him on this node: he has just signed out. */
    forget: ({ tenantId, externalId }: Named): void => void byExternalId.delete(`${tenantId} ${externalId}`),

    async deactivate(tenantId: Uuid, externalIds: readonly string[], at: Date | null): Promise<User[]> {
      const where = { tenantId, externalId: { in: [...externalIds] }, erasedAt: null }
      await db.user.updateMany({
        where: { ...where, deactivatedAt: at ? null : { not: null } },
        data: { deactivatedAt: at },
      })
      return db.user.findMany({ where, orderBy: { externalId: 'asc' } }) as Promise<User[]>
    },

    async setInvisible(tenantId: Uuid, id: Uuid, isInvisible: boolean): Promise<User> {
      return db.user.update({ where: { tenantId_id: { tenantId, id } }, data: { isInvisible } }) as Promise<User>
    },

    upsert: (tenantId: Uuid, inputs: readonly UserInput[]): Promise<User[]> => upsert(tenantId, inputs, 'update'),

    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<User[]> {
      return db.user.findMany({ where: { tenantId, id: { in: [...ids] } } }) as Promise<User[]>
    },

    async byExternalId(tenantId: Uuid, externalId: string): Promise<User | null> {
      return db.user.findUnique({ where: { tenantId_externalId: { tenantId, externalId } } }) as Promise<User | null>
    },

    /** By name, then id; `prefix` is of the name, whatever its case. */
    async page(
      tenantId: Uuid,
      { prefix, after, limit }: { prefix: string; after: { name: string; id: Uuid } | null; limit: number },
    ): Promise<User[]> {
      const pattern = prefix.replace(/[\\%_]/g, '\\$&')
      return db.$queryRaw<User[]>`
        select ${userColumns} from "user" where tenant_id = ${tenantId}::uuid and erased_at is null and lower(name) like lower(${pattern}) || '%'
          and (lower(name), id) > (lower(${after?.name ?? ''}), ${after?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid)
        order by lower(name), id limit ${limit}`
    },
  }
}

/** A token of before must not make him anew. */
async function wasErased(db: Db, tenantId: Uuid, { externalId, issuedAt }: TokenClaims): Promise<boolean> {
  const where = { tenantId, nameHash: nameHash(tenantId, externalId), requestedAt: { gt: issuedAt } }
  return (await db.erasure.count({ where })) > 0
}

const userColumns = sql`tenant_id as "tenantId", id, external_id as "externalId", name, avatar_url as "avatarUrl", role, receipts,
  shows_last_seen as "showsLastSeen", is_invisible as "isInvisible", presence_to as "presenceTo", messages_from as "messagesFrom", bio,
  status_text as "statusText", status_emoji as "statusEmoji", status_expires_at as "statusExpiresAt", guest_of as "guestOf", erased_at as "erasedAt", created_at as "createdAt"`

function refuse(message: string): never {
  throw new ChatError('UNAUTHENTICATED', { message })
}

interface Known extends SeenUser, SignOuts {
  isDeactivated: boolean
  /** null: there is none, or it is over. */
  ban: { reason: string | null; until: string | null } | null
}

const seenOf = ({ userId, knownSince, guestOf }: Known): SeenUser => ({ userId, knownSince, guestOf })

const banned = ({ reason, until }: NonNullable<Known['ban']>): string =>
  `This user is banned${until ? ` until ${new Date(until).toISOString()}` : ''}${reason ? `: ${reason}` : ''}`

async function readKnown(db: Db, names: readonly Named[]): Promise<(Known | null)[]> {
  const given = JSON.stringify(names.map((name, ord) => ({ ord, ...name })))
  const rows = await db.$queryRaw<(Known & { ord: number })[]>`
    select n.ord, u.id as "userId", coalesce(u.known_since, u.created_at) as "knownSince", u.deactivated_at is not null as "isDeactivated",
      (select jsonb_build_object('reason', b.reason, 'until', b.until) from user_ban b
        where b.tenant_id = u.tenant_id and b.user_id = u.id and (b.until is null or b.until > now())) as ban,
      u.guest_of as "guestOf", u.signed_out_at as "signedOutAt",
      array(select t.token_hash from signed_out_token t where t.tenant_id = u.tenant_id and t.user_id = u.id) as "signedOutTokens"
    from jsonb_to_recordset(${given}::jsonb) as n(ord integer, "tenantId" uuid, "externalId" text)
    join "user" u on u.tenant_id = n."tenantId" and u.external_id = n."externalId"`
  const byOrd = new Map(rows.map((row) => [row.ord, row]))
  return names.map((_, ord) => byOrd.get(ord) ?? null)
}
