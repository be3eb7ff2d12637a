/**
 * Fills the tables by whole statements, as if every message had come through append in the last weeks: gapless logs, ids that ascend with seq,
 * running counts, marks and heads that fit. Afterwards all that autovacuum would have done is done, so that it is not measured.
 */
import { onServer } from '../../scripts/services/postgres-databases.ts'
import type { Uuid } from '../../src/model.ts'
import type { Place } from './places.ts'
import { AFTERWARDS, HEADS_AND_MARKS, REACTIONS } from './seed-afterwards.ts'
import { MESSAGES, SAID_BESIDE } from './seed-messages.ts'
import { GIVEN, MEMBERS, PLACES } from './seed-people.ts'

export async function seed(databaseUrl: string, tenantId: Uuid, places: readonly Place[]): Promise<void> {
  await onServer(databaseUrl, async (client) => {
    await client.query(`set synchronous_commit = off; set work_mem = '256MB'; begin`)
    await client.query(PLACES)
    await client.query(GIVEN, [tenantId, JSON.stringify(places.map((place, n) => ({ n, ...place })))])
    for (const step of [MEMBERS, MESSAGES, SAID_BESIDE, AFTERWARDS, REACTIONS, HEADS_AND_MARKS])
      await client.query(step)
    await client.query('commit')
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  })
}

/** So many messages of the place, evenly from its beginning to its end: none deleted, all of them its own and no thread's. */
export async function messageIds(databaseUrl: string, place: Place, count: number): Promise<Uuid[]> {
  const seqs = Array.from(
    { length: count },
    (_, n) => place.members + nthKept(((n + 1) * place.messages) / (count + 1)),
  )
  const { rows } = await onServer(databaseUrl, (client) =>
    client.query<{ id: Uuid }>('select id from message where conversation_id = $1 and seq = any($2) order by seq', [
      place.id,
      seqs,
    ]),
  )
  return rows.map(({ id }) => id)
}

/** Every tenth message is a plain one: see seed-messages.ts. */
const nthKept = (nth: number): number => Math.max(10, Math.floor(nth / 10) * 10)
