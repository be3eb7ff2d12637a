/** A customer's back end changes a conversation's members, many at once: all or nothing. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation, MemberRole, User } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { assertMayBeIn } from './known-users.ts'

interface Input extends Repeatable {
  conversationId: string
  add?: readonly { userId: string; role?: MemberRole | null }[] | null
  remove?: readonly string[] | null
}

export async function changeMembers(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts } = context
  const { tenantId } = context.server('conversations:write')
  const { conversationId } = await idempotent(context, 'changeMembers', input, async (once) => {
    const id = decodeId('conv', input.conversationId)
    const [conversation] = id ? await parts.conversations.byIds(tenantId, [id]) : []
    if (!conversation) throw new ChatError('NOT_FOUND')
    if (conversation.kind === 'DIRECT')
      throw new ChatError('FORBIDDEN', { message: 'A direct conversation has two equal members for ever' })
    const [add, remove] = [input.add ?? [], input.remove ?? []]
    const { membersPerServerCall: max } = await context.limits()
    if (add.length + remove.length > max)
      throw new ChatError('LIMIT_EXCEEDED', {
        message: `At most ${max} members at once`,
        path: 'input',
        limit: 'membersPerServerCall',
        max,
      })
    const users = await known(context, [...add.map(({ userId }) => userId), ...remove])
    assertMayBeIn(users, conversation.id, 'input')
    return parts.append.changes({
      tenantId,
      conversationId: conversation.id,
      actorId: null,
      once,
      changes: [
        ...add.map(
          ({ role }, i) => ({ change: 'JOINED', userId: users[i]?.id ?? '', role: role ?? 'MEMBER' }) as const,
        ),
        ...remove.map(
          (_, i) => ({ change: 'LEFT', userId: users[add.length + i]?.id ?? '', reason: 'REMOVED' }) as const,
        ),
      ],
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}

/** In their order. Throws INVALID_INPUT for one named twice, NOT_FOUND for nobody. */
async function known({ loaders }: Context, ids: readonly string[]): Promise<User[]> {
  if (new Set(ids).size < ids.length)
    throw new ChatError('INVALID_INPUT', { message: 'A user is named twice', path: 'input' })
  const users = await Promise.all(
    ids.map((id) => loaders.user.load(decodeId('usr', id) ?? '00000000-0000-0000-0000-000000000000')),
  )
  const found = users.filter((user) => user !== null).filter(({ erasedAt }) => erasedAt === null)
  if (found.length < ids.length)
    throw new ChatError('NOT_FOUND', { message: 'input names a user that is not there', path: 'input' })
  return found
}
