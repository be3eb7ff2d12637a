/** The invites that still let somebody in, newest first, for who may make some. */
import type { Context } from '../context.ts'
import type { Invite } from '../conversations/invites.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Conversation } from '../model.ts'

export async function conversationInvites(
  context: Context,
  conversation: Conversation,
  args: PageArgs,
): Promise<Connection<Invite>> {
  const { parts, viewer } = context
  await parts.access.to('INVITE', viewer, conversation.id)
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `invites ${conversation.id}`)
  const before = cursors.decode(args.after, 'after')
  const found = await parts.invites.page(conversation, { before, limit: limit + 1 })
  return connection(found.slice(0, limit), ({ id }) => cursors.encode(id), {
    hasNextPage: found.length > limit,
    hasPreviousPage: before !== null,
  })
}
