/**
 * Events that a consumer of the log could not handle: set aside with why, so that all others go on, and handled after all or dropped by the operator
 * (`npm run jobs`). Where a consumer keeps the order of a stream, what follows there waits behind. The only file that writes `consumer_dead_letter`.
 */
import { type Db, type Transaction, transaction, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Metrics } from '../metrics.ts'
import type { Uuid } from '../model.ts'
import type { Consumer, Followed } from './consumer.ts'

export interface DeadLetter extends Followed {
  id: Uuid
  consumer: string
  /** null: it was not tried, and waits behind another one of its stream. */
  error: string | null
  tries: number
  at: Date
}

const ERROR_LENGTH = 500

/** Nothing is set aside for that. */
export function isOfDatabase(error: unknown): boolean {
  const translated = unavailable(error)
  return translated instanceof ChatError && translated.code === 'SERVICE_UNAVAILABLE'
}

export const streamOf = ({ tenantId, streamId }: Pick<Followed, 'tenantId' | 'streamId'>) => `${tenantId} ${streamId}`

/** Streams in which something of this consumer's stands already. */
export async function blockedStreams(tx: Transaction, consumer: string): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ tenantId: Uuid; streamId: Uuid }[]>`
    select distinct tenant_id as "tenantId", stream_id as "streamId" from consumer_dead_letter where consumer = ${consumer}`
  return new Set(rows.map(streamOf))
}

/** `error` null: it waits. */
export async function setAside(
  tx: Transaction,
  consumer: string,
  events: readonly Followed[],
  { error, tries }: { error: unknown; tries: number },
): Promise<void> {
  for (const { tenantId, streamId, seq, position, kind, subjectId } of events)
    await tx.$executeRaw`
      insert into consumer_dead_letter (id, consumer, tenant_id, stream_id, seq, position, kind, subject_id, error, tries)
      values (${newUuid()}::uuid, ${consumer}, ${tenantId}::uuid, ${streamId}::uuid, ${BigInt(seq)}, ${position}, ${kind}, ${subjectId}::uuid, ${textOf(error)}, ${tries})
      on conflict do nothing`
}

/** The oldest first. */
export async function deadLetters(db: Db, { consumer, limit }: { consumer?: string | undefined; limit: number }) {
  const rows = await db.consumerDeadLetter.findMany({
    where: consumer === undefined ? {} : { consumer },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(letterOf)
}

interface Place {
  db: Db
  consumers: readonly Consumer[]
}

/** FAILED: and it stands as before, tried once more. WAITS: another one of its stream comes first. null: there is none of that id. */
export async function retryLetter(place: Place, id: Uuid): Promise<'DONE' | 'FAILED' | 'WAITS' | null> {
  const letter = await byId(place.db, id)
  const consumer = letter && place.consumers.find(({ name }) => name === letter.consumer)
  if (!letter || !consumer) return null
  const head = consumer.keepsOrder ? await headOf(place.db, letter) : letter
  if (head?.id !== id) return 'WAITS'
  const outcome = await handle(place.db, consumer, letter)
  if (outcome === 'DONE') await resume(place, letter)
  return outcome
}

/** What waited behind it is handled. false: there is none of that id. */
export async function dropLetter(place: Place, id: Uuid): Promise<boolean> {
  const letter = await byId(place.db, id)
  if (!letter) return false
  await place.db.consumerDeadLetter.deleteMany({ where: { id } })
  await resume(place, letter)
  return true
}

/** Called whenever somebody reads /metrics. */
export function showDeadLetters({ db, metrics }: { db: Db; metrics: Metrics }): void {
  metrics.onRead(async () => {
    const rows = await db.consumerDeadLetter.groupBy({ by: ['consumer'], _count: true })
    metrics.consumerDeadLetters.reset()
    for (const { consumer, _count } of rows) metrics.consumerDeadLetters.set({ consumer }, _count)
  })
}

/** In order, up to the first that fails. */
async function resume({ db, consumers }: Place, of: DeadLetter): Promise<void> {
  const consumer = consumers.find(({ name }) => name === of.consumer)
  if (!consumer?.keepsOrder) return
  for (;;) {
    const head = await headOf(db, of)
    if (!head || head.error !== null || (await handle(db, consumer, head)) !== 'DONE') return
  }
}

/** Holding the checkpoint, so that the follower sets nothing aside behind it meanwhile. DONE also when somebody else has just done it. */
async function handle(db: Db, consumer: Consumer, { id }: DeadLetter): Promise<'DONE' | 'FAILED'> {
  try {
    await transaction(db, async (tx) => {
      await tx.$queryRaw`select from consumer_checkpoint where consumer = ${consumer.name} for update`
      const row = await tx.consumerDeadLetter.findUnique({ where: { id } })
      if (!row) return
      await consumer.handle(tx, [letterOf(row)])
      await tx.consumerDeadLetter.delete({ where: { id } })
    })
    return 'DONE'
  } catch (error) {
    if (isOfDatabase(error)) throw error
    await db.$executeRaw`update consumer_dead_letter set error = ${textOf(error)}, tries = tries + 1 where id = ${id}::uuid`
    return 'FAILED'
  }
}

async function headOf(db: Db, { consumer, tenantId, streamId }: DeadLetter): Promise<DeadLetter | null> {
  const where = { consumer, tenantId, streamId }
  const row = await db.consumerDeadLetter.findFirst({ where, orderBy: { seq: 'asc' } })
  return row && letterOf(row)
}

async function byId(db: Db, id: Uuid): Promise<DeadLetter | null> {
  const row = await db.consumerDeadLetter.findUnique({ where: { id } })
  return row && letterOf(row)
}

type Row = NonNullable<Awaited<ReturnType<Db['consumerDeadLetter']['findUnique']>>>
const letterOf = ({ seq, kind, ...row }: Row): DeadLetter => ({
  ...row,
  seq: Number(seq),
  kind: kind as DeadLetter['kind'],
})

const textOf = (error: unknown): string | null =>
  error === null ? null : (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH)
