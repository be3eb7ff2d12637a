/** A customer's back end gets a token for one of its users. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { assertText } from '../messages/draft.ts'
import type { TenantRole } from '../model.ts'

const [MIN_TTL, MAX_TTL] = [60, 86_400]

interface CreateTokenInput {
  externalId: string
  role?: TenantRole | null
  ttlSeconds: number
}

export async function createToken(
  context: Context,
  { externalId, role, ttlSeconds }: CreateTokenInput,
): Promise<{ token: string; expiresAt: Date }> {
  const { tenantId } = context.server('tokens:create')
  assertText(externalId, 'input.externalId', await context.limits(), 'externalIdLength')
  assertTtl(ttlSeconds)
  return context.parts.tokens.make(tenantId, { externalId, role: role ?? 'USER', ttlSeconds })
}

export function assertTtl(ttlSeconds: number): void {
  if (ttlSeconds < MIN_TTL || ttlSeconds > MAX_TTL)
    throw new ChatError('INVALID_INPUT', {
      message: `input.ttlSeconds must be from ${MIN_TTL} to ${MAX_TTL}`,
      path: 'input.ttlSeconds',
    })
}
