/** Events of the log as queries select them, each with the row of the message that it is about, and as the rest of the program knows them. */
import { sql } from '../db.ts'
import { type ChatEvent, EVENT_VERSION } from '../events.ts'
import { type MessageRow, messageColumns, messageOf } from '../messages/rows.ts'
import { happening } from '../messages/stored-events.ts'
import type { Uuid } from '../model.ts'

/** Of `log_event e` and its `message m`, if it has one. */
export const eventColumns = sql`e.tenant_id as log_tenant_id, e.stream_id, e.seq as log_seq, e.position, e.kind, e.at, e.actor_id, e.subject_id, e.detail, ${messageColumns}`

export type EventRow = {
  epoch: bigint | null
  log_tenant_id: Uuid
  stream_id: Uuid
  /** null in the only row of an answer without events. */
  log_seq: bigint | null
  position: bigint
  kind: ChatEvent['kind']
  at: Date
  actor_id: Uuid | null
  subject_id: Uuid | null
  detail: Record<string, unknown> | null
} & { [Name in keyof MessageRow]: MessageRow[Name] | null }

export function eventOf(row: EventRow, epoch: bigint): ChatEvent {
  const { kind, at, position } = row
  const message = row.id === null ? null : messageOf(row as MessageRow)
  return {
    version: EVENT_VERSION,
    tenantId: row.log_tenant_id,
    streamId: row.stream_id,
    seq: Number(row.log_seq),
    position,
    epoch,
    at,
    actorId: row.actor_id,
    ...happening(kind, { subjectId: row.subject_id, detail: row.detail }, message),
  }
}
