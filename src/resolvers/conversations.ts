/** The viewer's conversations by newest activity, forwards only: the list moves at its front. */
import type { Context } from '../context.ts'
import type { ListedConversation } from '../conversations/conversations.ts'
import { ChatError } from '../errors.ts'
import { type Connection, connection, type PageArgs, pageCursors, pageSize } from '../lib/page.ts'

export async function conversations(context: Context, args: PageArgs): Promise<Connection<ListedConversation>> {
  const { parts, viewer } = context
  if (args.last != null || args.before != null)
    throw new ChatError('INVALID_INPUT', {
      message: 'conversations pages forwards only',
      path: args.last != null ? 'last' : 'before',
    })
  const { limit } = pageSize(args, (await context.limits()).pageSize, 'first')
  const cursors = pageCursors(parts.seal, `conversations ${viewer.userId}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.conversations.page(viewer.tenantId, viewer.userId, {
    after: after === null ? null : placeOf(after),
    limit: limit + 1,
  })
  return connection(found.slice(0, limit), ({ lastPosition, id }) => cursors.encode(`${id} ${lastPosition}`), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

const placeOf = (place: string) => ({ id: place.slice(0, 36), position: BigInt(place.slice(37)) })
