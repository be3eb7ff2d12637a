/** A customer's back end shuts users out, or lets them in again: their tokens are refused from the next second on. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import type { User } from '../model.ts'

interface Input {
  externalIds: readonly string[]
  deactivated: boolean
}

/** Repeating it changes nothing. */
export async function deactivateUsers(
  context: Context,
  { externalIds, deactivated }: Input,
): Promise<{ users: User[] }> {
  const { tenantId } = context.server('users:write')
  const { usersPerUpsert: max } = await context.limits()
  if (externalIds.length > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `At most ${max} users at once`,
      path: 'input.externalIds',
      limit: 'usersPerUpsert',
      max,
    })
  return { users: await context.parts.users.deactivate(tenantId, externalIds, deactivated ? new Date() : null) }
}
