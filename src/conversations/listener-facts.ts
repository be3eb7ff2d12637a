/**
 * What decides what somebody hears of a conversation, and where he begins: one row for each who begins to listen, one statement for all who do so
 * together. It is all of one snapshot, so that he who leaves after it does so by an event past its head. Reads only.
 */
import { type Db, unavailable } from '../db.ts'
import type { Place } from '../events.ts'
import type { Conversation, Uuid } from '../model.ts'

export interface ListenerFacts {
  /** The database's life in which it was asked; null: nobody has named it yet. */
  epoch: bigint | null
  /** The newest event of the conversation. */
  head: Place
  /** null: there is no such conversation. */
  history: Conversation['history'] | null
  /** Where the open window began; null: he is no member. */
  joinedSeq: number | null
  /** If that is past the event which was asked about. */
  joinedPosition: bigint | null
  /** Of the newest window that has ended; null when there is none. */
  leftFrom: number | null
  leftSeq: number | null
  leftAt: Date | null
  /** Whether he has deleted a message of it for himself. */
  hidesSome: boolean
  /** Of the event whose seq was asked about; null: it is not stored. */
  positionAt: bigint | null
}

export interface ListenerAsk {
  tenantId: Uuid
  conversationId: Uuid
  userId: Uuid
  /** After which event he wants to begin; null: at the head. */
  afterSeq: number | null
}

interface Row {
  ord: number
  epoch: bigint | null
  headSeq: bigint | null
  headPosition: bigint | null
  history: Conversation['history'] | null
  joinedSeq: bigint | null
  joinedPosition: bigint | null
  leftFrom: bigint | null
  leftSeq: bigint | null
  leftAt: Date | null
  hidesSome: boolean
  positionAt: bigint | null
}

export async function readListenerFacts(db: Db, asks: readonly ListenerAsk[]): Promise<ListenerFacts[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const rows = await db.$queryRaw<Row[]>`
    select a.ord, x.epoch, s.last_seq as "headSeq", s.last_position as "headPosition", c.history, m.joined_seq as "joinedSeq", j.position as "joinedPosition",
      w.joined_seq as "leftFrom", w.left_seq as "leftSeq", w.left_at as "leftAt", e.position as "positionAt",
      exists (select from message_hidden h where h.tenant_id = a."tenantId" and h.user_id = a."userId" and h.conversation_id = a."conversationId") as "hidesSome"
    from (select log_epoch_seen() as epoch) x
    cross join jsonb_to_recordset(${given}::jsonb) as a(ord integer, "tenantId" uuid, "conversationId" uuid, "userId" uuid, "afterSeq" bigint)
    -- Each by its key, whatever the planner believes of how many there are.
    left join lateral (select c.history from conversation c where c.tenant_id = a."tenantId" and c.id = a."conversationId" limit 1) c on true
    left join lateral (select s.last_seq, s.last_position from stream s where s.tenant_id = a."tenantId" and s.id = a."conversationId" limit 1) s on true
    left join lateral (
      select m.joined_seq from membership m where m.tenant_id = a."tenantId" and m.conversation_id = a."conversationId" and m.user_id = a."userId" and m.left_seq is null
      order by m.tenant_id, m.conversation_id, m.user_id, m.joined_seq desc limit 1) m on true
    left join lateral (
      select e.position from log_event e
      where e.tenant_id = a."tenantId" and e.stream_id = a."conversationId" and e.seq = m.joined_seq and m.joined_seq > a."afterSeq" limit 1) j on true
    left join lateral (
      select w.joined_seq, w.left_seq, w.left_at from membership w
      where w.tenant_id = a."tenantId" and w.conversation_id = a."conversationId" and w.user_id = a."userId" and w.left_seq is not null
      order by w.tenant_id, w.conversation_id, w.user_id, w.joined_seq desc limit 1) w on true
    left join lateral (
      select e.position from log_event e where e.tenant_id = a."tenantId" and e.stream_id = a."conversationId" and e.seq = a."afterSeq" limit 1) e on true
    order by a.ord`.catch((error) => {
    throw unavailable(error)
  })
  return rows.map(factsOf)
}

const factsOf = ({ epoch, headSeq, headPosition, joinedSeq, leftFrom, leftSeq, ...row }: Row): ListenerFacts => ({
  epoch,
  head: { seq: Number(headSeq ?? 0), position: headPosition ?? 0n },
  history: row.history,
  joinedSeq: joinedSeq === null ? null : Number(joinedSeq),
  joinedPosition: row.joinedPosition,
  leftFrom: leftFrom === null ? null : Number(leftFrom),
  leftSeq: leftSeq === null ? null : Number(leftSeq),
  leftAt: row.leftAt,
  hidesSome: row.hidesSome,
  positionAt: row.positionAt,
})
