/** A tenant's users and the beginning of their own streams. Writes `user`, together with last-seen.ts. */
import { LRUCache } from 'lru-cache'
import type { Db } from '../db.ts'
import { ChatError } from '../errors.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import { newUuid } from '../lib/ids.ts'
import type { TenantRole, User, Uuid } from '../model.ts'

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
}

interface Named {
  tenantId: Uuid
  externalId: string
}

type Shown = Pick<User, 'receipts' | 'showsLastSeen' | 'isInvisible'>

export type Users = ReturnType<typeof createUsers>

export function createUsers({ db }: { db: Db }) {
  /** That somebody was deactivated is noticed on every node after this time. */
  const seenByExternalId = new LRUCache<string, SeenUser>({ max: 100_000, ttl: 1_000 })

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
        insert into "user" as u (tenant_id, id, external_id, name, avatar_url, role, known_since)
        select ${tenantId}::uuid, g.id, g.external_id, g.name, g.avatar_url, coalesce(g.role, 'USER'), g.known_since from given g order by g.external_id
        on conflict (tenant_id, external_id) do update
          set name = excluded.name, avatar_url = excluded.avatar_url, updated_at = now(),
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
    async seen(
      tenantId: Uuid,
      { externalId, name, role }: { externalId: string; name: string | null; role: TenantRole },
    ): Promise<SeenUser> {
      const key = `${tenantId} ${externalId}`
      const kept = seenByExternalId.get(key)
      if (kept) return kept
      const found = await known({ tenantId, externalId })
      if (found?.isDeactivated) throw new ChatError('UNAUTHENTICATED', { message: 'This user is deactivated' })
      if (found?.ban) throw new ChatError('UNAUTHENTICATED', { message: banned(found.ban) })
      const seen = found ?? seenOf(await upsert(tenantId, [{ externalId, name: name ?? externalId, role }], 'keep'))
      seenByExternalId.set(key, seen)
      return seen
    },

    async deactivate(tenantId: Uuid, externalIds: readonly string[], at: Date | null): Promise<User[]> {
      const where = { tenantId, externalId: { in: [...externalIds] } }
      await db.user.updateMany({
        where: { ...where, deactivatedAt: at ? null : { not: null } },
        data: { deactivatedAt: at },
      })
      return db.user.findMany({ where, orderBy: { externalId: 'asc' } }) as Promise<User[]>
    },

    /** What others see of him; undefined leaves it as it is. */
    async setPrivacy(tenantId: Uuid, id: Uuid, shown: Partial<Shown>): Promise<User> {
      return db.user.update({ where: { tenantId_id: { tenantId, id } }, data: shown }) as Promise<User>
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
        select tenant_id as "tenantId", id, external_id as "externalId", name, avatar_url as "avatarUrl", role, receipts,
          shows_last_seen as "showsLastSeen", is_invisible as "isInvisible", created_at as "createdAt"
        from "user" where tenant_id = ${tenantId}::uuid and lower(name) like lower(${pattern}) || '%'
          and (lower(name), id) > (lower(${after?.name ?? ''}), ${after?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid)
        order by lower(name), id limit ${limit}`
    },
  }
}

function seenOf([user]: User[]): SeenUser {
  if (!user) throw new Error('a user that was just stored is not there')
  return { userId: user.id, knownSince: user.createdAt }
}

interface Known extends SeenUser {
  isDeactivated: boolean
  /** null: there is none, or it is over. */
  ban: { reason: string | null; until: string | null } | null
}

const banned = ({ reason, until }: NonNullable<Known['ban']>): string =>
  `This user is banned${until ? ` until ${new Date(until).toISOString()}` : ''}${reason ? `: ${reason}` : ''}`

async function readKnown(db: Db, names: readonly Named[]): Promise<(Known | null)[]> {
  const given = JSON.stringify(names.map((name, ord) => ({ ord, ...name })))
  const rows = await db.$queryRaw<(Known & { ord: number })[]>`
    select n.ord, u.id as "userId", coalesce(u.known_since, u.created_at) as "knownSince", u.deactivated_at is not null as "isDeactivated",
      (select jsonb_build_object('reason', b.reason, 'until', b.until) from user_ban b
        where b.tenant_id = u.tenant_id and b.user_id = u.id and (b.until is null or b.until > now())) as ban
    from jsonb_to_recordset(${given}::jsonb) as n(ord integer, "tenantId" uuid, "externalId" text)
    join "user" u on u.tenant_id = n."tenantId" and u.external_id = n."externalId"`
  const byOrd = new Map(rows.map((row) => [row.ord, row]))
  return names.map((_, ord) => byOrd.get(ord) ?? null)
}
