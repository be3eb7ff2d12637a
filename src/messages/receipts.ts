/** Receipts on their way to the bus: of one member in one conversation at most one a second, and the furthest is never lost. */
import type { ReceiptsAdvanced } from '../events.ts'
import { newestByKey } from '../lib/newest-by-key.ts'

const EVERY_MS = 1_000

export function receipts(publish: (receipt: ReceiptsAdvanced) => void): (receipt: ReceiptsAdvanced) => void {
  const paced = newestByKey({ everyMs: EVERY_MS, give: publish, merge: furthest })
  return (receipt) => paced.put(`${receipt.streamId} ${receipt.userId}`, receipt)
}

/** Two that were committed at once may come in either order. */
const furthest = (one: ReceiptsAdvanced, other: ReceiptsAdvanced): ReceiptsAdvanced => ({
  ...other,
  readSeq: Math.max(one.readSeq, other.readSeq),
  deliveredSeq: Math.max(one.deliveredSeq, other.deliveredSeq),
})
