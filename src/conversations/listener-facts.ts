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

/** As JSON says it: one text for all rows costs a fraction of what so many values do, of which each is told and read by its type. */
interface Row {
  epoch: string | null
  headSeq: number | null
  headPosition: string | null
  history: Conversation['history'] | null
  joinedSeq: number | null
  joinedPosition: string | null
  leftFrom: number | null
  leftSeq: number | null
  leftAt: string | null
  hidesSome: boolean
  positionAt: string | null
}

export async function readListenerFacts(db: Db, asks: readonly ListenerAsk[]): Promise<ListenerFacts[]> {
  const given = JSON.stringify(asks.map((ask, ord) => ({ ord, ...ask })))
  const [answer] = await db.$queryRaw<{ rows: string }[]>`
    select json_agg(json_build_object(
      'epoch', x.epoch::text, 'headSeq', s.last_seq, 'headPosition', s.last_position::text, 'history', c.history, 'joinedSeq', m.joined_seq,
      'joinedPosition', j.position::text, 'leftFrom', w.joined_seq, 'leftSeq', w.left_seq, 'leftAt', w.left_at, 'positionAt', e.position::text,
      'hidesSome', exists (select from message_hidden h where h.tenant_id = a."tenantId" and h.user_id = a."userId" and h.conversation_id = a."conversationId")
    ) order by a.ord)::text as rows
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
      select e.position from log_event e where e.tenant_id = a."tenantId" and e.stream_id = a."conversationId" and e.seq = a."afterSeq" limit 1) e on true`.catch(
    (error) => {
      throw unavailable(error)
    },
  )
  return (JSON.parse(answer?.rows ?? '[]') as Row[]).map(factsOf)
}

const big = (text: string | null): bigint | null => (text === null ? null : BigInt(text))

const factsOf = ({ headSeq, headPosition, leftAt, ...row }: Row): ListenerFacts => ({
  epoch: big(row.epoch),
  head: { seq: headSeq ?? 0, position: big(headPosition) ?? 0n },
  history: row.history,
  joinedSeq: row.joinedSeq,
  joinedPosition: big(row.joinedPosition),
  leftFrom: row.leftFrom,
  leftSeq: row.leftSeq,
  leftAt: leftAt === null ? null : new Date(leftAt),
  hidesSome: row.hidesSome,
  positionAt: big(row.positionAt),
})
