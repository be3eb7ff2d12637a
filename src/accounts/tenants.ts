/** Tenants and the keys that verify their users' tokens. The only file that writes `tenant` and `tenant_key`. */
import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type Db, unavailable } from '../db.ts'
import { StartError } from '../errors.ts'
import { limitsByFeatures } from '../features.ts'
import { newUuid } from '../lib/ids.ts'
import type { Seal } from '../lib/seal.ts'
import type { Tenant, Uuid } from '../model.ts'
import { assertSettings, changedSettings, type Settings, settingsOf } from './tenant-settings.ts'

/** What verifies a token: exactly one of `secret` and `jwksUrl`. */
export type TenantKey = { id: Uuid; tenantId: Uuid; kid: string; issuer: string; audience: string } & (
  | { secret: string; jwksUrl: null }
  | { secret: null; jwksUrl: string }
)

/** A changed tenant or a revoked key is noticed on every node after this time. */
const KEPT_MS = 1_000

export type Tenants = ReturnType<typeof createTenants>

export function createTenants({ db, seal }: { db: Db; seal: Seal }) {
  const tenants = new LRUCache<Uuid, Promise<Tenant>>({ max: 10_000, ttl: KEPT_MS })
  /** That there is none, too: a token may name a key of its issuer's, which is none of ours. */
  const keys = new LRUCache<string, Promise<TenantKey | null>>({ max: 10_000, ttl: KEPT_MS })
  const seen = new LRUCache<Uuid, Tenant>({ max: 10_000 })
  /** Under way: those who ask together for the first tokens of a tenant get one key, not one each. */
  const signing = new Map<Uuid, ReturnType<typeof makeKey>>()

  async function readKey(where: { kid: string } | { issuer: string; secret: null }): Promise<TenantKey | null> {
    const row = await db.tenantKey.findFirst({ where: { ...where, revokedAt: null } })
    if (!row) return null
    const { id, tenantId, kid, issuer, audience } = row
    const verifier = row.secret
      ? { secret: seal.decrypt(row.secret), jwksUrl: null }
      : { secret: null, jwksUrl: row.jwksUrl ?? '' }
    return { id, tenantId, kid, issuer, audience, ...verifier }
  }

  async function readTenant(id: Uuid): Promise<Tenant> {
    const row = await db.tenant.findUniqueOrThrow({ where: { id } })
    const { limits: own, features, trustedDocumentsOnly } = settingsOf(row)
    const tenant: Tenant = {
      id,
      slug: row.slug,
      name: row.name,
      limits: { ...own, ...limitsByFeatures(features) },
      features,
      trustedDocumentsOnly,
      isSuspended: row.suspendedAt !== null,
    }
    seen.set(id, tenant)
    return tenant
  }

  async function newestKey(tenantId: Uuid): Promise<TenantKey & { secret: string }> {
    const row = await db.tenantKey.findFirst({
      where: { tenantId, revokedAt: null, jwksUrl: null },
      orderBy: { createdAt: 'desc' },
    })
    return row?.secret ? { ...row, secret: seal.decrypt(row.secret), jwksUrl: null } : makeKey(tenantId)
  }

  async function makeKey(tenantId: Uuid): Promise<TenantKey & { secret: string }> {
    const secret = randomBytes(32).toString('base64url')
    const key = {
      id: newUuid(),
      tenantId,
      kid: `key_${randomBytes(9).toString('base64url')}`,
      issuer: 'parley',
      audience: 'parley',
    }
    await db.tenantKey.create({ data: { ...key, secret: seal.encrypt(secret) } })
    return { ...key, secret, jwksUrl: null }
  }

  return {
    keyByKid: (kid: string): Promise<TenantKey | null> => kept(keys, `kid:${kid}`, () => readKey({ kid })),
    keyByIssuer: (issuer: string): Promise<TenantKey | null> =>
      kept(keys, `iss:${issuer}`, () => readKey({ issuer, secret: null })),

    byId: (id: Uuid): Promise<Tenant> => kept(tenants, id, () => readTenant(id).catch(asUnavailable)),

    /** As it was known last on this node, however long ago; null when it never was. */
    lastKnown: (id: Uuid): Tenant | null => seen.get(id) ?? null,

    /** Throws StartError when the secrets in the database were encrypted with another key. */
    async assertSecretsKey(): Promise<void> {
      const row = await db.tenantKey.findFirst({ where: { secret: { not: null } } })
      try {
        if (row?.secret) seal.decrypt(row.secret)
      } catch (cause) {
        throw new StartError(
          'SECRETS_KEY is not the one with which the secrets in this database were encrypted; use that one, the same on every node',
          { cause },
        )
      }
    },

    async bySlug(slug: string): Promise<{ id: Uuid } | null> {
      return db.tenant.findUnique({ where: { slug }, select: { id: true } })
    },

    async create({
      slug,
      name,
      limits: own = {},
    }: {
      slug: string
      name: string
      limits?: Tenant['limits']
    }): Promise<Uuid> {
      assertSettings({ limits: own })
      const id = newUuid()
      await db.tenant.create({ data: { id, slug, name, settings: { limits: own } } })
      return id
    },

    /** The newest key with a secret of ours, with which tokens are made; makes one if the tenant has none. */
    signingKey(tenantId: Uuid): Promise<TenantKey & { secret: string }> {
      const known = signing.get(tenantId) ?? newestKey(tenantId).finally(() => signing.delete(tenantId))
      signing.set(tenantId, known)
      return known
    },

    /**
     * Tokens are made with a new secret from now on. Of those of before, as many of the newest secrets as `keeping` stay good until the next time;
     * the others end, and with them the sockets that they opened, within a second on every node.
     */
    async rotateSigningKey(tenantId: Uuid, { keeping }: { keeping: 0 | 1 }): Promise<void> {
      const { id } = await makeKey(tenantId)
      const before = await db.tenantKey.findMany({
        where: { tenantId, jwksUrl: null, revokedAt: null, id: { not: id } },
        orderBy: { createdAt: 'desc' },
        select: { id: true },
        skip: keeping,
      })
      await db.tenantKey.updateMany({
        where: { id: { in: before.map((key) => key.id) } },
        data: { revokedAt: new Date() },
      })
      signing.delete(tenantId)
    },

    /** Nobody of it is let in from now on, and open sockets end, within a second on every node. What is stored stays. false: it was so before. */
    async suspend(id: Uuid): Promise<boolean> {
      const { count } = await db.tenant.updateMany({
        where: { id, suspendedAt: null },
        data: { suspendedAt: new Date() },
      })
      tenants.delete(id)
      return count > 0
    },

    /** false: it was not suspended. */
    async resume(id: Uuid): Promise<boolean> {
      const { count } = await db.tenant.updateMany({
        where: { id, suspendedAt: { not: null } },
        data: { suspendedAt: null },
      })
      tenants.delete(id)
      return count > 0
    },

    stored: (id: Uuid) => db.tenant.findUniqueOrThrow({ where: { id } }),

    /** By slug, those after one. */
    async page({ after, limit }: { after: string; limit: number }) {
      return db.tenant.findMany({ where: { slug: { gt: after } }, orderBy: { slug: 'asc' }, take: limit })
    },

    /** Its tokens, and the sockets that they opened, end within a second on every node. false: there is none of that name. */
    async revokeIssuer(tenantId: Uuid, issuer: string): Promise<boolean> {
      const where = { tenantId, issuer, secret: null, revokedAt: null }
      return (await db.tenantKey.updateMany({ where, data: { revokedAt: new Date() } })).count > 0
    },

    /** Noticed after a second; by sockets when they are opened. What is not given stays. Throws INVALID_INPUT. */
    async change(id: Uuid, changes: Partial<Settings>): Promise<Settings> {
      assertSettings(changes)
      const row = await db.tenant.findUniqueOrThrow({ where: { id }, select: { settings: true } })
      const changed = changedSettings(settingsOf(row), changes)
      await db.tenant.update({ where: { id }, data: { settings: { ...changed } } })
      tenants.delete(id)
      return changed
    },

    /** Registers the customer's own issuer: tokens whose `iss` is this one are verified with the keys at the URL. */
    async registerIssuer(
      tenantId: Uuid,
      { issuer, audience, jwksUrl }: { issuer: string; audience: string; jwksUrl: string },
    ): Promise<void> {
      await db.tenantKey.create({
        data: {
          id: newUuid(),
          tenantId,
          kid: `key_${randomBytes(9).toString('base64url')}`,
          issuer,
          audience,
          jwksUrl,
        },
      })
      keys.delete(`iss:${issuer}`)
    },
  }
}

/** Limits are asked for before all else: a mutation answers with them away as it does with the rest. */
function asUnavailable(error: unknown): never {
  throw unavailable(error)
}

/** Whoever asks meanwhile waits for the same answer. */
function kept<T>(cache: LRUCache<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
  const known = cache.get(name)
  if (known) return known
  const reading = read()
  cache.set(name, reading)
  reading.catch(() => cache.get(name) === reading && cache.delete(name))
  return reading
}
