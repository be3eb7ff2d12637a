/** Who asked for something to be done later: the caller as whom it is done then, without a token of his. */
import { ChatError } from '../errors.ts'
import type { UserCaller, UserName } from '../model.ts'
import type { Tenants } from './tenants.ts'
import type { Users } from './users.ts'

interface Dependencies {
  tenants: Pick<Tenants, 'byId'>
  users: Pick<Users, 'byIds' | 'seen'>
}

/** As a token issued just now would show him. Throws FORBIDDEN for who is let in no longer, TENANT_SUSPENDED. */
export async function actFor({ tenants, users }: Dependencies, { tenantId, userId }: UserName): Promise<UserCaller> {
  const tenant = await tenants.byId(tenantId)
  if (tenant.isSuspended) throw new ChatError('TENANT_SUSPENDED')
  const [user] = await users.byIds(tenantId, [userId])
  if (!user || user.erasedAt) throw new ChatError('FORBIDDEN', { message: 'This user was erased' })
  const { externalId, name, role } = user
  const now = new Date()
  const token = { tenantId, externalId, role, expiresAt: now, issuedAt: now, keyId: tenantId, tokenHash: '' }
  const seen = await users.seen(tenantId, { ...token, name }).catch((error) => {
    const isRefused = error instanceof ChatError && error.code === 'UNAUTHENTICATED'
    throw isRefused ? new ChatError('FORBIDDEN', { message: error.message }) : error
  })
  return { kind: 'USER', ...token, ...seen }
}
