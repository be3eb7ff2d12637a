/** How far a user's streams have come, read from the database; and waiting until a client has come as far. */
import type { Db } from '../../src/db.ts'
import { decodeId, encodeId } from '../../src/lib/ids.ts'
import type { Client, Place } from './client.ts'
import type { Person } from './world.ts'

const PATIENCE_MS = 30_000

/** Of a conversation that he has left: up to his leaving. */
export async function placesOf(db: Db, { id }: Person): Promise<Place[]> {
  const userId = decodeId('usr', id)
  const rows = await db.$queryRaw<{ id: string; isOwn: boolean; joined: bigint; left: bigint | null; last: bigint }[]>`
    select s.id, true as "isOwn", 0::bigint as joined, null::bigint as left, s.last_seq as last from stream s where s.id = ${userId}::uuid
    union all
    select m.conversation_id, false, m.joined_seq, m.left_seq, s.last_seq from (
      select distinct on (conversation_id) * from membership where user_id = ${userId}::uuid order by conversation_id, joined_seq desc
    ) m join stream s on s.tenant_id = m.tenant_id and s.id = m.conversation_id`
  return rows.map((row) => ({
    conversationId: row.isOwn ? null : encodeId('conv', row.id),
    joinedSeq: row.left === null ? Number(row.joined) : null,
    seq: Number(row.left ?? row.last),
  }))
}

/** Once nothing is under way any more. Answers what has not come though it was waited for. */
export async function quiet(db: Db, client: Client): Promise<string[]> {
  const places = await placesOf(db, client.person)
  const missing = () => places.filter((place) => !client.hasHeard(place))
  const tooLate = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => tooLate.resolve(false), PATIENCE_MS)
  let isInTime = true
  while (isInTime && missing().length && !client.faults.length)
    isInTime = await Promise.race([client.changed().then(() => true), tooLate.promise])
  clearTimeout(timer)
  return missing().map(
    ({ conversationId, seq }) =>
      `the feed of user ${client.person.n} did not bring ${conversationId ?? 'his own log'} up to ${seq} within ${PATIENCE_MS / 1_000} s`,
  )
}
