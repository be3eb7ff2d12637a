/** A conversation's members in the order in which they joined, forwards only. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { type Connection, connection, type PageArgs, pageCursors, pageSize } from '../lib/page.ts'
import type { Conversation, Membership } from '../model.ts'

export async function conversationMembers(
  context: Context,
  conversation: Conversation,
  args: PageArgs,
): Promise<Connection<Membership>> {
  const { parts } = context
  await parts.access.toRead(context.viewer, conversation.id)
  if (args.last != null || args.before != null)
    throw new ChatError('INVALID_INPUT', {
      message: 'members pages forwards only',
      path: args.last != null ? 'last' : 'before',
    })
  const { limit } = pageSize(args, (await context.limits()).pageSize, 'first')
  const cursors = pageCursors(parts.seal, `members ${conversation.id}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.memberships.page(conversation, {
    after: after === null ? null : { joinedSeq: Number(after) },
    limit: limit + 1,
  })
  return connection(found.slice(0, limit), ({ joinedSeq }) => cursors.encode(String(joinedSeq)), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}
