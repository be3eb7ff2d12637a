/** Bounds what is held. */
import type { ConversationRecord } from './record.ts'
import { beginAt } from './spans.ts'

/** Of a conversation that nobody looks at, the newest messages are enough. */
export function trim(record: ConversationRecord, count: number): void {
  const held = [...record.messages.values()].map(({ message }) => message)
  const newest = held.sort((a, b) => (b.seq ?? 0) - (a.seq ?? 0))
  const oldestKept = newest[count - 1]
  const live = record.spans.find(({ to }) => to === Number.POSITIVE_INFINITY)
  const from = Math.max(oldestKept?.seq ?? 0, live?.from ?? 0)
  if (from <= (record.spans[0]?.from ?? 0)) return
  record.spans = beginAt(record.spans, from)
  for (const { id, seq } of held) if (id !== null && (seq ?? 0) < from) record.messages.delete(id)
}
