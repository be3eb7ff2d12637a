/** Listens to one conversation. */
import type { Context } from '../context.ts'
import { conversationEvents as listen } from '../delivery/conversation-events.ts'
import type { Delivered } from '../delivery/delivered.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'

/** At the head, after a cursor, or after a seq; a cursor counts for more. */
export async function conversationEvents(
  { parts, viewer }: Context,
  input: { conversationId: string; after?: string | null; afterSeq?: number | null },
): Promise<AsyncIterable<Delivered>> {
  const conversationId = decodeId('conv', input.conversationId)
  if (!conversationId) throw new ChatError('NOT_FOUND')
  const bySeq = input.afterSeq == null ? null : { seq: input.afterSeq, position: null }
  const of = { tenantId: viewer.tenantId, conversationId }
  const after = input.after == null ? bySeq : parts.cursors.conversation(input.after, of)
  return listen(parts, { viewer, conversationId, after })
}
