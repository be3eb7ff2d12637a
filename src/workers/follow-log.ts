/** Following the log of all streams by position: each event is handled once, in order, however transactions overlapped. The only file that writes `consumer_checkpoint`. */
import { type Db, type Transaction, transaction } from '../db.ts'
import type { ChatEvent } from '../events.ts'
import type { Uuid } from '../model.ts'
import type { Job } from './worker.ts'

/** What a consumer is told of an event: enough to read the rest by id. */
export interface Followed {
  tenantId: Uuid
  streamId: Uuid
  seq: number
  position: bigint
  kind: ChatEvent['kind']
  subjectId: Uuid
}

export interface Consumer {
  name: string
  /** In the transaction that moves the checkpoint: what it writes to this database happens exactly once. */
  handle(tx: Transaction, events: readonly Followed[]): Promise<void>
}

/** One database server, one shard. */
const SHARD = 0
const PAGE = 1_000

export function followLog({ db, consumer, everyMs = 2_000 }: { db: Db; consumer: Consumer; everyMs?: number }): Job {
  return {
    name: consumer.name,
    everyMs,
    pass: async () => ((await hasNews(db, consumer)) ? transaction(db, (tx) => pass(tx, consumer)) : 'done'),
  }
}

/** Most passes find nothing: that costs no transaction. */
async function hasNews(db: Db, { name }: Consumer): Promise<boolean> {
  const [found] = await db.$queryRaw<{ hasNews: boolean }[]>`
    with checkpoint as (select position from consumer_checkpoint where consumer = ${name} and shard = ${SHARD})
    select not exists (select from checkpoint)
      or exists (select from log_event e, checkpoint c where e.position >= c.position and e.position < log_horizon()) as "hasNews"`
  return found?.hasNews === true
}

async function pass(tx: Transaction, consumer: Consumer): Promise<'more' | 'done'> {
  await tx.$executeRaw`insert into consumer_checkpoint (consumer, shard, position) values (${consumer.name}, ${SHARD}, 0) on conflict do nothing`
  // Held to commit: of many nodes one works, and the others wait for their turn.
  const [checkpoint] = await tx.$queryRaw<
    { position: bigint }[]
  >`select position from consumer_checkpoint where consumer = ${consumer.name} and shard = ${SHARD} for update`
  const { events, next, isWhole } = await read(tx, checkpoint?.position ?? 0n)
  if (events.length) await consumer.handle(tx, events)
  if (next !== checkpoint?.position)
    await tx.$executeRaw`update consumer_checkpoint set position = ${next}, updated_at = now() where consumer = ${consumer.name} and shard = ${SHARD}`
  return isWhole ? 'done' : 'more'
}

/** From the checkpoint to the horizon, or to the end of the position at which the page is full: a page never ends within one. */
async function read(tx: Transaction, from: bigint): Promise<{ events: Followed[]; next: bigint; isWhole: boolean }> {
  const rows = await tx.$queryRaw<
    {
      horizon: bigint
      tenantId: Uuid | null
      streamId: Uuid
      seq: bigint
      position: bigint
      kind: ChatEvent['kind']
      subjectId: Uuid
    }[]
  >`
    with edge as (select log_horizon() as horizon),
    page as (
      select (select p.position from log_event p, edge where p.position >= ${from} and p.position < edge.horizon order by p.position, p.stream_id, p.seq offset ${PAGE - 1} limit 1) as last
    )
    select edge.horizon, e.tenant_id as "tenantId", e.stream_id as "streamId", e.seq, e.position, e.kind, e.subject_id as "subjectId"
    from edge cross join page
    left join log_event e on e.position >= ${from} and e.position < edge.horizon and (page.last is null or e.position <= page.last)
    order by e.position, e.stream_id, e.seq`
  const events = rows.flatMap(({ tenantId, seq, ...row }) => (tenantId ? [{ ...row, tenantId, seq: Number(seq) }] : []))
  const last = events.at(-1)
  // Kept in this database, in this transaction: it is lost together with what it counted, so the bare horizon is safe only up to what was seen.
  const next = last ? last.position + 1n : from
  return { events, next, isWhole: events.length < PAGE }
}
