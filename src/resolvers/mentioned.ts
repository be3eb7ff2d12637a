/** The mentions of an input as the rest of the program knows them: users that there are, everybody where the author may. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Mention, User, Uuid } from '../model.ts'

export type MentionInput = Omit<Mention, 'userId'> & { userId?: string | null }

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Throws INVALID_INPUT for a user that is not there, FORBIDDEN for everybody. More than the limit is not looked up: draft.ts refuses it. */
export async function mentioned(
  context: Context,
  mentions: readonly MentionInput[] | null | undefined,
  mayMentionAll: () => Promise<boolean>,
): Promise<Mention[]> {
  if (!mentions?.length) return []
  const { mentions: max } = await context.limits()
  if (mentions.some(({ kind }) => kind !== 'USER') && !(await mayMentionAll()))
    throw new ChatError('FORBIDDEN', {
      message: 'Only owners, managers and moderators mention everybody',
      path: 'input.mentions',
    })
  const found = mentions.map(({ userId, ...range }) => ({
    ...range,
    userId: userId == null ? null : (decodeId('usr', userId) ?? NOBODY),
  }))
  if (mentions.length > max) return found
  const users = await Promise.all(found.map(({ userId }) => userId && known(context, userId)))
  if (users.some((user, i) => found[i]?.userId && !user))
    throw new ChatError('INVALID_INPUT', {
      message: 'input.mentions names a user that is not there',
      path: 'input.mentions',
    })
  return found
}

/** As whoever asks may know of him. */
async function known({ loaders, parts, caller }: Context, userId: Uuid): Promise<User | null> {
  const user = await loaders.user.load(userId)
  return user && (await parts.access.canMeet(caller, user)) ? user : null
}
