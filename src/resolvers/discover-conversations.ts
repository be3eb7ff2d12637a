/** The tenant's public channels by title, whether the viewer is a member or not. */
import type { Context } from '../context.ts'
import { assertNoGuest } from '../conversations/guests.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Conversation } from '../model.ts'
import { assertFeature } from './assert-feature.ts'

export async function discoverConversations(
  context: Context,
  args: PageArgs & { query?: string | null },
): Promise<Connection<Conversation>> {
  const { parts, viewer } = context
  assertNoGuest(viewer)
  await assertFeature(context, 'publicChannels')
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `discover ${viewer.tenantId}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.conversations.discover(viewer.tenantId, {
    prefix: args.query ?? '',
    after: after === null ? null : placeOf(after),
    limit: limit + 1,
  })
  return connection(found.slice(0, limit), ({ title, id }) => cursors.encode(`${id} ${title ?? ''}`), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

const placeOf = (place: string) => ({ id: place.slice(0, 36), title: place.slice(37) })
