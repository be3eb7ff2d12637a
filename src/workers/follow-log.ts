/**
 * Following the log of all streams by position: each event is handled once, in order, however transactions overlapped. On what a consumer fails again and
 * again is set aside (dead-letters.ts), and the rest goes on. The only file that writes `consumer_checkpoint`.
 */
import { type Db, type Sql, sql, type Transaction, transaction } from '../db.ts'
import type { ChatEvent } from '../events.ts'
import type { Uuid } from '../model.ts'
import type { Consumer, Followed } from './consumer.ts'
import { blockedStreams, isOfDatabase, setAside, streamOf } from './dead-letters.ts'
import type { Watched } from './lookout.ts'

/** One database server, one shard. */
const SHARD = 0
const PAGE = 1_000
/** So often in a row all of a page is tried; with the pauses between, that is about a minute. */
export const TRIES = 5
/** Then so many of it, each by itself. */
const PAGE_ONE_BY_ONE = 100

export function followLog({
  db,
  consumer,
  everyMs = 2_000,
}: {
  db: Db
  consumer: Consumer
  everyMs?: number
}): Watched {
  let failures = 0
  return {
    name: consumer.name,
    everyMs,
    isDue: hasNews(consumer),
    async pass() {
      const isOneByOne = failures >= TRIES
      try {
        const answer = await transaction(db, (tx) => pass(tx, consumer, isOneByOne))
        failures = 0
        return answer
      } catch (error) {
        if (!isOfDatabase(error)) failures++
        throw error
      }
    },
  }
}

const hasNews = ({ name }: Consumer): Sql => sql`(
  not exists (select from consumer_checkpoint where consumer = ${name} and shard = ${SHARD})
  or exists (
    select from log_event e, consumer_checkpoint c
    where c.consumer = ${name} and c.shard = ${SHARD} and e.position >= c.position and e.position < log_horizon()))`

async function pass(tx: Transaction, consumer: Consumer, isOneByOne: boolean): Promise<'more' | 'done'> {
  await tx.$executeRaw`insert into consumer_checkpoint (consumer, shard, position) values (${consumer.name}, ${SHARD}, 0) on conflict do nothing`
  // Held to commit: of many nodes one works, and the others wait for their turn.
  const [checkpoint] = await tx.$queryRaw<
    { position: bigint }[]
  >`select position from consumer_checkpoint where consumer = ${consumer.name} and shard = ${SHARD} for update`
  const { events, next, isWhole } = await read(tx, checkpoint?.position ?? 0n, isOneByOne ? PAGE_ONE_BY_ONE : PAGE)
  const blocked = consumer.keepsOrder ? await blockedStreams(tx, consumer.name) : NONE
  const waiting = events.filter((event) => blocked.has(streamOf(event)))
  const free = events.filter((event) => !blocked.has(streamOf(event)))
  await setAside(tx, consumer.name, waiting, { error: null, tries: 0 })
  if (isOneByOne) await handleEach(tx, consumer, free)
  else if (free.length) await consumer.handle(tx, free)
  if (next !== checkpoint?.position)
    await tx.$executeRaw`update consumer_checkpoint set position = ${next}, updated_at = now() where consumer = ${consumer.name} and shard = ${SHARD}`
  return isWhole ? 'done' : 'more'
}

const NONE: ReadonlySet<string> = new Set()

/** What fails is undone by itself, and set aside. */
async function handleEach(tx: Transaction, consumer: Consumer, events: readonly Followed[]): Promise<void> {
  const stopped = new Set<string>()
  for (const event of events) {
    if (stopped.has(streamOf(event))) {
      await setAside(tx, consumer.name, [event], { error: null, tries: 0 })
      continue
    }
    await tx.$executeRaw`savepoint event`
    try {
      await consumer.handle(tx, [event])
      await tx.$executeRaw`release savepoint event`
    } catch (error) {
      if (isOfDatabase(error)) throw error
      await tx.$executeRaw`rollback to savepoint event`
      await setAside(tx, consumer.name, [event], { error, tries: TRIES + 1 })
      if (consumer.keepsOrder) stopped.add(streamOf(event))
    }
  }
}

/** From the checkpoint to the horizon, or to the end of the position at which the page is full: a page never ends within one. */
async function read(
  tx: Transaction,
  from: bigint,
  most: number,
): Promise<{ events: Followed[]; next: bigint; isWhole: boolean }> {
  const rows = await tx.$queryRaw<
    {
      horizon: bigint
      tenantId: Uuid | null
      streamId: Uuid
      seq: bigint
      position: bigint
      kind: ChatEvent['kind']
      subjectId: Uuid | null
    }[]
  >`
    with edge as (select log_horizon() as horizon),
    page as (
      select (select p.position from log_event p, edge where p.position >= ${from} and p.position < edge.horizon order by p.position, p.stream_id, p.seq offset ${most - 1} limit 1) as last
    )
    select edge.horizon, e.tenant_id as "tenantId", e.stream_id as "streamId", e.seq, e.position, e.kind, e.subject_id as "subjectId"
    from edge cross join page
    left join log_event e on e.position >= ${from} and e.position < edge.horizon and (page.last is null or e.position <= page.last)
    order by e.position, e.stream_id, e.seq`
  const events = rows.flatMap(({ tenantId, seq, ...row }) => (tenantId ? [{ ...row, tenantId, seq: Number(seq) }] : []))
  const last = events.at(-1)
  // Kept in this database, in this transaction: it is lost together with what it counted, so the bare horizon is safe only up to what was seen.
  const next = last ? last.position + 1n : from
  return { events, next, isWhole: events.length < most }
}
