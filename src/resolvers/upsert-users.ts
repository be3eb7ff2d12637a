/** A customer's back end creates its users, or changes them. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { neutralName } from '../lib/names.ts'
import { assertText } from '../messages/draft.ts'
import type { TenantRole, User } from '../model.ts'
import { assertNoGuestName } from './upgrade-guest.ts'

interface UserInput {
  externalId: string
  name: string
  avatarUrl?: URL | null
  role?: TenantRole | null
  knownSince?: Date | null
}

export async function upsertUsers(
  context: Context,
  { users }: { users: readonly UserInput[] },
): Promise<{ users: User[] }> {
  const { tenantId } = context.server('users:write')
  const limits = await context.limits()
  const max = limits.usersPerUpsert
  if (users.length > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `At most ${max} users at once`,
      path: 'input.users',
      limit: 'usersPerUpsert',
      max,
    })
  const byExternalId = new Map(users.map((input) => [input.externalId, input]))
  if (byExternalId.size < users.length)
    throw new ChatError('INVALID_INPUT', { message: 'input.users names a user twice', path: 'input.users' })
  for (const { externalId, name } of users) {
    assertText(externalId, 'input.users.externalId', limits, 'externalIdLength')
    assertNoGuestName(externalId, 'input.users.externalId')
    assertText(name, 'input.users.name', limits, 'userNameLength')
    assertText(neutralName(name), 'input.users.name', limits, 'userNameLength')
  }
  const inputs = users.map(({ externalId, name, avatarUrl, role, knownSince = null }) => ({
    externalId,
    name: neutralName(name),
    avatarUrl: avatarUrl?.href ?? null,
    ...(role && { role }),
    knownSince,
  }))
  const stored = await context.parts.users.upsert(tenantId, inputs)
  const order = new Map(users.map(({ externalId }, i) => [externalId, i]))
  return { users: stored.sort((one, other) => (order.get(one.externalId) ?? 0) - (order.get(other.externalId) ?? 0)) }
}
