/** The users that ids name, each once, in their order. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'

/** Throws LIMIT_EXCEEDED for too many, NOT_FOUND when one of them is nobody of the tenant: then nothing is done at all. */
export async function knownUsers(context: Context, ids: readonly string[], path: string): Promise<Uuid[]> {
  const { membersPerCall: max } = await context.limits()
  if (ids.length > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `At most ${max} users at once`,
      path,
      limit: 'membersPerCall',
      max,
    })
  const users = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const uuid = decodeId('usr', id)
      return uuid === null ? null : context.loaders.user.load(uuid)
    }),
  )
  return users.map((user) => user?.id ?? nobody(path))
}

function nobody(path: string): never {
  throw new ChatError('NOT_FOUND', { message: `${path} names a user that is not there`, path })
}
