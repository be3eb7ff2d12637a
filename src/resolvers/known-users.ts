/** The users that ids name, each once, in their order. */
import type { Context } from '../context.ts'
import { nobody } from '../conversations/approach.ts'
import { mayBeIn } from '../conversations/guests.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { User, Uuid } from '../model.ts'

/**
 * Throws LIMIT_EXCEEDED for too many, NOT_FOUND when one of them is nobody of the tenant, or no longer, FORBIDDEN for a guest of another conversation than `into`: then
 * nothing is done at all.
 */
export async function knownUsers(
  context: Context,
  ids: readonly string[],
  path: string,
  into: Uuid | null = null,
): Promise<Uuid[]> {
  return (await namedUsers(context, ids, path, into)).map(({ id }) => id)
}

/** As knownUsers; throws FORBIDDEN, besides, for one whom the viewer may not put into a conversation: `into`, or one that he begins. */
export async function addableUsers(
  context: Context,
  ids: readonly string[],
  path: string,
  into: Uuid | null = null,
): Promise<Uuid[]> {
  const users = await namedUsers(context, ids, path, into)
  await context.parts.access.toAdd(context.viewer, users, { conversationId: into, path })
  return users.map(({ id }) => id)
}

async function namedUsers(context: Context, ids: readonly string[], path: string, into: Uuid | null): Promise<User[]> {
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
  const found = users.map((user) => {
    if (!user || user.erasedAt) throw nobody(path)
    return user
  })
  assertMayBeIn(found, into, path)
  return found
}

export function assertMayBeIn(users: readonly User[], into: Uuid | null, path: string): void {
  if (!users.every((user) => mayBeIn(user, into)))
    throw new ChatError('FORBIDDEN', { message: 'A guest stays in his one conversation', path })
}
