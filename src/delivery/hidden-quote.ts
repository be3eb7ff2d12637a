/** The one local exception of an event: a reply's quote from before the reader's time. He gets an event of his own, all others share theirs. */
import type { History } from '../messages/history.ts'
import { withoutHiddenReply } from '../messages/visible.ts'
import type { Delivered } from './delivered.ts'

export async function withoutHiddenQuote(history: History, delivered: Delivered, from: number): Promise<Delivered> {
  if (from <= 1 || delivered.kind !== 'EVENT' || delivered.event.kind !== 'MESSAGE_SENT') return delivered
  const { message, tenantId } = delivered.event
  const shown = await withoutHiddenReply(async (id) => (await history.byIds(tenantId, [id]))[0] ?? null, message, from)
  return shown === message ? delivered : { ...delivered, event: { ...delivered.event, message: shown } }
}
