/** Listens to all of the viewer's conversations and to his own log. */
import type { Context } from '../context.ts'
import type { Delivered } from '../delivery/delivered.ts'
import { feed as listen } from '../delivery/feed.ts'

export async function feed(
  { parts, viewer }: Context,
  input: { after?: string | null },
): Promise<AsyncIterable<Delivered>> {
  return listen(parts, { viewer, after: input.after == null ? null : parts.cursors.feed(input.after, viewer.tenantId) })
}
