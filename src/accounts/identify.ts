/** From what stands behind "Bearer" to who is calling. */
import { unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Caller } from '../model.ts'
import { SERVER_KEY_PREFIX, type ServerKeys } from './server-keys.ts'
import type { Tenants } from './tenants.ts'
import type { Tokens } from './tokens.ts'
import type { Users } from './users.ts'

/** Throws UNAUTHENTICATED, TENANT_SUSPENDED or SERVICE_UNAVAILABLE. */
export type Identify = (bearer: string) => Promise<Caller>

export function createIdentify({
  tenants,
  tokens,
  users,
  serverKeys,
}: {
  tenants: Tenants
  tokens: Tokens
  users: Users
  serverKeys: ServerKeys
}): Identify {
  async function identify(bearer: string): Promise<Caller> {
    if (bearer.startsWith(SERVER_KEY_PREFIX)) {
      const server = await serverKeys.verify(bearer)
      await assertOpen(server)
      return server
    }
    const claims = await tokens.verify(bearer)
    const { tenantId, externalId, role, expiresAt, keyId, tokenHash, issuedAt } = claims
    await assertOpen(claims)
    const seen = await users.seen(tenantId, claims)
    return { kind: 'USER', tenantId, ...seen, externalId, role, expiresAt, keyId, tokenHash, issuedAt }
  }
  /** Of a user, before he is stored. While the database is away the tenant is as this node knew it last. */
  async function assertOpen({ tenantId }: Pick<Caller, 'tenantId'>): Promise<void> {
    const tenant = await tenants.byId(tenantId).catch((error) => {
      const known = tenants.lastKnown(tenantId)
      if (known && !(error instanceof ChatError && error.code === 'UNAUTHENTICATED')) return known
      throw error
    })
    if (tenant.isSuspended) throw new ChatError('TENANT_SUSPENDED')
  }

  return (bearer) =>
    identify(bearer).catch((error) => {
      throw unavailable(error)
    })
}
