/** Who follows the log: what he is told, and what he promises. */
import type { Transaction } from '../db.ts'
import type { ChatEvent } from '../events.ts'
import type { Uuid } from '../model.ts'

/** What a consumer is told of an event: enough to read the rest by id. */
export interface Followed {
  tenantId: Uuid
  streamId: Uuid
  seq: number
  position: bigint
  kind: ChatEvent['kind']
  subjectId: Uuid | null
}

export interface Consumer {
  name: string
  /** What follows an event that was set aside, in its stream, waits until that is handled or dropped. */
  keepsOrder?: true
  /** In the transaction that moves the checkpoint: what it writes to this database happens exactly once. It asks nothing but this
   * database: what fails again and again by another one’s fault would be set aside. */
  handle(tx: Transaction, events: readonly Followed[]): Promise<void>
}
