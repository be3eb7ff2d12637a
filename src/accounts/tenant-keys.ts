/** The keys that verify the tokens of a tenant's users: secrets of ours, and the customer's own issuers. The only file that writes `tenant_key`. */
import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Db } from '../db.ts'
import { StartError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Seal } from '../lib/seal.ts'
import type { Uuid } from '../model.ts'
import { KEPT_MS, kept } from './kept.ts'

/** What verifies a token: exactly one of `secret` and `jwksUrl`. */
export type TenantKey = { id: Uuid; tenantId: Uuid; kid: string; issuer: string; audience: string } & (
  | { secret: string; jwksUrl: null }
  | { secret: null; jwksUrl: string }
)

export interface ShownKey {
  kid: string
  issuer: string
  createdAt: Date
  /** null: until it is replaced or revoked. */
  goodUntil: Date | null
}

export function createTenantKeys({ db, seal }: { db: Db; seal: Seal }) {
  /** That there is none, too: a token may name a key of its issuer's, which is none of ours. */
  const keys = new LRUCache<string, Promise<TenantKey | null>>({ max: 10_000, ttl: KEPT_MS })
  /** Under way: those who ask together for the first tokens of a tenant get one key, not one each. */
  const signing = new Map<Uuid, ReturnType<typeof makeKey>>()

  async function readKey(where: { kid: string } | { issuer: string; secret: null }): Promise<TenantKey | null> {
    const row = await db.tenantKey.findFirst({ where: { ...where, ...isGood() } })
    if (!row) return null
    const { id, tenantId, kid, issuer, audience } = row
    const verifier = row.secret
      ? { secret: seal.decrypt(row.secret), jwksUrl: null }
      : { secret: null, jwksUrl: row.jwksUrl ?? '' }
    return { id, tenantId, kid, issuer, audience, ...verifier }
  }

  async function newestKey(tenantId: Uuid): Promise<TenantKey & { secret: string }> {
    const row = await db.tenantKey.findFirst({
      where: { tenantId, revokedAt: null, jwksUrl: null, expiresAt: null },
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

    /** Those that are good, the oldest first. */
    async keys(tenantId: Uuid): Promise<ShownKey[]> {
      const rows = await db.tenantKey.findMany({ where: { tenantId, ...isGood() }, orderBy: { createdAt: 'asc' } })
      return rows.map(({ kid, issuer, createdAt, expiresAt }) => ({ kid, issuer, createdAt, goodUntil: expiresAt }))
    },

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

    /** The newest key with a secret of ours, with which tokens are made; makes one if the tenant has none. */
    signingKey(tenantId: Uuid): Promise<TenantKey & { secret: string }> {
      const known = signing.get(tenantId) ?? newestKey(tenantId).finally(() => signing.delete(tenantId))
      signing.set(tenantId, known)
      return known
    },

    /**
     * Tokens are made with a new secret from now on. The one before stays good until then (null: it ends now); those before that end now. With
     * a secret its tokens end, and the sockets that they opened, within a second on every node.
     */
    async rotateSigningKey(tenantId: Uuid, { oldUntil }: { oldUntil: Date | null }): Promise<void> {
      const { id } = await makeKey(tenantId)
      const before = await db.tenantKey.findMany({
        where: { tenantId, jwksUrl: null, revokedAt: null, id: { not: id } },
        orderBy: { createdAt: 'desc' },
        select: { id: true },
      })
      const [newest, ...older] = before.map((key) => key.id)
      const ended = oldUntil === null && newest ? [newest, ...older] : older
      await db.tenantKey.updateMany({ where: { id: { in: ended } }, data: { revokedAt: new Date() } })
      if (oldUntil && newest) await db.tenantKey.update({ where: { id: newest }, data: { expiresAt: oldUntil } })
      signing.delete(tenantId)
    },

    /** Its tokens, and the sockets that they opened, end within a second on every node. false: there is none of that name. */
    async revokeIssuer(tenantId: Uuid, issuer: string): Promise<boolean> {
      const where = { tenantId, issuer, secret: null, revokedAt: null }
      return (await db.tenantKey.updateMany({ where, data: { revokedAt: new Date() } })).count > 0
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

const isGood = () => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] })
