/** Listens to one conversation. */
import type { Context } from '../context.ts'
import { conversationEvents as listen } from '../delivery/conversation-events.ts'
import type { ConversationCursor } from '../delivery/cursor.ts'
import type { Delivered } from '../delivery/delivered.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'

/** At the head, after a cursor, or after a seq; a cursor counts for more. */
export async function conversationEvents(
  { parts, viewer }: Context,
  input: { conversationId: string; after?: string | null; afterSeq?: number | null },
): Promise<AsyncIterable<Delivered>> {
  const { conversation, upTo } = await parts.access.toListen(viewer, decodeId('conv', input.conversationId))
  const of = { tenantId: viewer.tenantId, conversationId: conversation.id }
  const bySeq = () => (input.afterSeq == null ? null : cursorAt(parts, of, { seq: input.afterSeq, upTo }))
  return listen(parts, {
    viewer,
    conversationId: conversation.id,
    after: input.after == null ? await bySeq() : parts.cursors.conversation(input.after, of),
  })
}

/** Who has left learns nothing of how much was said since. Throws INVALID_INPUT. */
async function cursorAt(
  { log }: Context['parts'],
  of: Pick<ConversationCursor, 'tenantId' | 'conversationId'>,
  { seq, upTo }: { seq: number; upTo: number | null },
): Promise<ConversationCursor> {
  if (seq === 0) return { kind: 'CONVERSATION', ...of, seq, position: 0n }
  const place = await log.placeAt({ tenantId: of.tenantId, streamId: of.conversationId }, seq)
  if (!place || (upTo !== null && seq > upTo))
    throw new ChatError('INVALID_INPUT', {
      message: `There is no event ${seq} in this conversation: begin without afterSeq, or after one that you have`,
      path: 'afterSeq',
    })
  return { kind: 'CONVERSATION', ...of, ...place }
}
