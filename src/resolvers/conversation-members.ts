/** A conversation's members in the order in which they joined, forwards only. */
import type { Context } from '../context.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Conversation, Membership } from '../model.ts'

export async function conversationMembers(
  context: Context,
  conversation: Conversation,
  args: PageArgs,
): Promise<Connection<Membership>> {
  const { parts, loaders } = context
  await parts.access.to('READ', context.viewer, conversation.id)
  loaders.conversation.prime(conversation.id, conversation) // each of them asks whether it shows receipts
  const limit = forwards(args, (await context.limits()).pageSize)
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
