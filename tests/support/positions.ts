/** Transactions that last as long as a test wants, and readers that follow the log by position. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { vi } from 'vitest'
import type { Db } from '../../src/db.ts'
import type { Uuid } from '../../src/model.ts'
import type { Followed } from '../../src/workers/consumer.ts'
import { followLog } from '../../src/workers/follow-log.ts'
import { draftOf, type Place } from './log-fixture.ts'

export type Read = Pick<Followed, 'position' | 'streamId' | 'seq'>

export const shown = ({ position, streamId, seq }: Read): string => `${position} ${streamId} ${seq}`

export const byPosition = (one: Read, other: Read): number =>
  Number(one.position - other.position) || (one.streamId < other.streamId ? -1 : 1)

export async function horizonOf(db: Db): Promise<bigint> {
  const [row] = await db.$queryRaw<{ horizon: bigint }[]>`select log_horizon_kept() as horizon`
  return row!.horizon
}

/** Resolves when all that was committed is below the horizon: also when no test beside this one has a transaction open. */
export async function settled(db: Db): Promise<void> {
  await vi.waitUntil(
    async () => {
      const newest = await db.logEvent.findFirst({ orderBy: { position: 'desc' } })
      return (await horizonOf(db)) > newest!.position
    },
    { timeout: 15_000 },
  )
}

// ---------------------------------------------------------------------------------------------------- readers

export interface Reader {
  /** What it was told of. */
  seen: string[]
  pass(): Promise<string>
}

/** The server's own, from now on. */
export async function follower(db: Db): Promise<Reader & { fault: Error | null }> {
  const reader = { seen: [] as string[], fault: null as Error | null, pass: async () => '' as string }
  const handle = async (_: unknown, events: readonly Followed[]) => {
    reader.seen.push(...events.map(shown))
    if (reader.fault) throw reader.fault
  }
  reader.pass = followLog({ db, consumer: { name: randomUUID(), handle } }).pass
  await settled(db)
  while ((await reader.pass()) === 'more');
  reader.seen.length = 0
  return reader
}

/** As who keeps its checkpoint outside of the database; or as one might who knows nothing of transactions that overlap. */
export async function outsider(db: Db, until: 'the horizon' | 'the newest'): Promise<Reader> {
  await settled(db)
  let checkpoint = await horizonOf(db)
  const seen: string[] = []
  return {
    seen,
    async pass() {
      const rows = await db.$queryRaw<(Read & { horizon: bigint })[]>`
        select e.position, e.stream_id as "streamId", e.seq, h.horizon from (select log_horizon_kept() as horizon) h
        left join log_event e on e.position >= ${checkpoint} and (e.position < h.horizon or ${until === 'the newest'})
        order by e.position, e.stream_id, e.seq`
      const events = rows.filter(({ position }) => position !== null)
      seen.push(...events.map(shown))
      const newest = events.at(-1)
      if (until === 'the horizon') checkpoint = rows[0]!.horizon
      else if (newest) checkpoint = newest.position + 1n
      return 'done'
    },
  }
}

// ---------------------------------------------------------------------------------------------------- writers

/** Drafts as append hands them to the database. */
export function draftsJson(place: Place, count: number): string {
  const { tenantId: tenant, conversationId: conversation, authorId: author } = place
  const drafts = Array.from({ length: count }, (_, ord) => {
    const { clientMessageId, hash, text } = draftOf(place, {})
    const said = { hash, text, also: false, silent: false, urgency: 'NORMAL' }
    return { ord, tenant, conversation, author, sender: author, client_id: clientMessageId, ...said }
  })
  return JSON.stringify(drafts)
}

export type Writer = Awaited<ReturnType<typeof openWriter>>

/** WAITING: for another one's transaction that holds the stream. */
type State =
  | { is: 'IDLE' | 'OPEN' }
  | { is: 'WAITING'; stream: Uuid; appending: Promise<bigint> }
  | { is: 'APPENDED'; stream: Uuid; position: bigint }

export async function openWriter(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const base = BigInt((await client.query<{ base: string }>('select log_base() as base')).rows[0]!.base)
  let state: State = { is: 'IDLE' }

  async function append(place: Place): Promise<bigint> {
    const { rows } = await client.query<{ position: string }>('select position from append_messages_3($1)', [
      draftsJson(place, 1),
    ])
    const position = BigInt(rows[0]!.position)
    state = { is: 'APPENDED', stream: place.conversationId, position }
    return position
  }
  async function end(how: 'commit' | 'rollback') {
    await client.query(how)
    state = { is: 'IDLE' }
  }
  return {
    state: () => state,
    async begin() {
      await client.query('begin')
      state = { is: 'OPEN' }
    },
    /** The position that its own id gives. */
    async takeId(): Promise<bigint> {
      const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
      return BigInt(rows[0]!.id) + base
    },
    append(place: Place): Promise<bigint> {
      const appending = append(place)
      state = { is: 'WAITING', stream: place.conversationId, appending }
      return appending
    },
    commit: () => end('commit'),
    rollback: () => end('rollback'),
    [Symbol.asyncDispose]: () => client.end(),
  }
}
