/** The viewer's conversations, pinned ones first, then by newest activity; forwards only: the list moves at its front. */
import type { Context } from '../context.ts'
import type { ListedConversation } from '../conversations/conversations.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'

export async function conversations(
  context: Context,
  args: PageArgs & { archived?: boolean | null },
): Promise<Connection<ListedConversation>> {
  const { parts, viewer } = context
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `conversations ${viewer.userId} ${args.archived === true}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.conversations.page(viewer.tenantId, viewer.userId, {
    after: after === null ? null : placeOf(after),
    limit: limit + 1,
    archived: args.archived === true,
  })
  return connection(
    found.slice(0, limit),
    ({ pinOrder, lastPosition, id }) => cursors.encode(`${id} ${pinOrder} ${lastPosition}`),
    { hasNextPage: found.length > limit, hasPreviousPage: after !== null },
  )
}

function placeOf(place: string) {
  const [id = '', pinOrder, position = '0'] = place.split(' ')
  return { id, pinOrder: Number(pinOrder), position: BigInt(position) }
}
