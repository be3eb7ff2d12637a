/** Who may not be in a conversation, or not speak in it, for who may change that. */
import type { Context } from '../context.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Conversation, Restriction, RestrictionKind } from '../model.ts'

export async function conversationRestrictions(
  context: Context,
  conversation: Conversation,
  args: PageArgs,
): Promise<Connection<Restriction>> {
  const { parts, viewer } = context
  await parts.access.to('REMOVE_MEMBERS', viewer, conversation.id)
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `restrictions ${conversation.id}`)
  const given = cursors.decode(args.after, 'after')
  const [userId = '', kind = ''] = given?.split(' ') ?? []
  const after = given === null ? null : { userId, kind: kind as RestrictionKind }
  const found = await parts.restrictions.page(conversation, { after, limit: limit + 1 })
  return connection(found.slice(0, limit), ({ userId, kind }) => cursors.encode(`${userId} ${kind}`), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}
