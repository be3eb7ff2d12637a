/** Tenants, with the keys that verify their users' tokens (tenant-keys.ts). The only file that writes `tenant`, but for its end (tenant-deletions.ts). */
import { LRUCache } from 'lru-cache'
import { type Db, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { limitsByFeatures } from '../features.ts'
import { newUuid } from '../lib/ids.ts'
import type { Seal } from '../lib/seal.ts'
import type { Tenant, Uuid } from '../model.ts'
import { KEPT_MS, kept } from './kept.ts'
import { createTenantKeys } from './tenant-keys.ts'
import { assertSettings, changedSettings, type Settings, settingsOf } from './tenant-settings.ts'

export type Tenants = ReturnType<typeof createTenants>

export function createTenants({ db, seal }: { db: Db; seal: Seal }) {
  const tenants = new LRUCache<Uuid, Promise<Tenant>>({ max: 10_000, ttl: KEPT_MS })
  const seen = new LRUCache<Uuid, Tenant>({ max: 10_000 })

  async function readTenant(id: Uuid): Promise<Tenant> {
    const row = await db.tenant.findUnique({ where: { id } })
    if (!row) throw new ChatError('UNAUTHENTICATED', { message: 'This tenant has been deleted' })
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

  return {
    ...createTenantKeys({ db, seal }),

    byId: (id: Uuid): Promise<Tenant> => kept(tenants, id, () => readTenant(id).catch(asUnavailable)),

    /** As it was known last on this node, however long ago; null when it never was. */
    lastKnown: (id: Uuid): Tenant | null => seen.get(id) ?? null,

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

    /** Nobody of it is let in from now on, and open sockets end, within a second on every node. What is stored stays. false: it was so before. */
    async suspend(id: Uuid): Promise<boolean> {
      const { count } = await db.tenant.updateMany({
        where: { id, suspendedAt: null },
        data: { suspendedAt: new Date() },
      })
      tenants.delete(id)
      return count > 0
    },

    /** false: it was not suspended. Throws STALE_WRITE when it is being deleted. */
    async resume(id: Uuid): Promise<boolean> {
      if (await db.tenantDeletion.findUnique({ where: { tenantId: id } }))
        throw new ChatError('STALE_WRITE', {
          message: 'It is being deleted, and some of it is gone: delete it again to end that',
        })
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

    /** Noticed after a second; by sockets when they are opened. What is not given stays. Throws INVALID_INPUT. */
    async change(id: Uuid, changes: Partial<Settings>): Promise<Settings> {
      assertSettings(changes)
      const row = await db.tenant.findUniqueOrThrow({ where: { id }, select: { settings: true } })
      const changed = changedSettings(settingsOf(row), changes)
      await db.tenant.update({ where: { id }, data: { settings: { ...changed } } })
      tenants.delete(id)
      return changed
    },
  }
}

/** Limits are asked for before all else: a mutation answers with them away as it does with the rest. */
function asUnavailable(error: unknown): never {
  throw unavailable(error)
}
