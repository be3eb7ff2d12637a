/** Listens to one conversation. */
import type { Context } from '../context.ts'
import { conversationEvents as listen } from '../delivery/conversation-events.ts'
import type { Delivered } from '../delivery/delivered.ts'
import { decodeId } from '../lib/ids.ts'

export async function conversationEvents(
  { parts, viewer }: Context,
  input: { conversationId: string; after?: string | null },
): Promise<AsyncIterable<Delivered>> {
  const { conversation } = await parts.access.toListen(viewer, decodeId('conv', input.conversationId))
  const of = { tenantId: viewer.tenantId, conversationId: conversation.id }
  return listen(parts, {
    viewer,
    conversationId: conversation.id,
    after: input.after == null ? null : parts.cursors.conversation(input.after, of),
  })
}
