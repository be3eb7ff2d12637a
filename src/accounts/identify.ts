/** From what stands behind "Bearer" to who is calling. */
import { unavailable } from '../db.ts'
import type { Caller } from '../model.ts'
import { SERVER_KEY_PREFIX, type ServerKeys } from './server-keys.ts'
import type { Tokens } from './tokens.ts'
import type { Users } from './users.ts'

/** Throws UNAUTHENTICATED or SERVICE_UNAVAILABLE. */
export type Identify = (bearer: string) => Promise<Caller>

export function createIdentify({
  tokens,
  users,
  serverKeys,
}: {
  tokens: Tokens
  users: Users
  serverKeys: ServerKeys
}): Identify {
  async function identify(bearer: string): Promise<Caller> {
    if (bearer.startsWith(SERVER_KEY_PREFIX)) return serverKeys.verify(bearer)
    const claims = await tokens.verify(bearer)
    const { tenantId, externalId, role, expiresAt, keyId, tokenHash, issuedAt } = claims
    const seen = await users.seen(tenantId, claims)
    return { kind: 'USER', tenantId, ...seen, externalId, role, expiresAt, keyId, tokenHash, issuedAt }
  }
  return (bearer) =>
    identify(bearer).catch((error) => {
      throw unavailable(error)
    })
}
