/**
 * A change of one or more streams that is no plain message: all or nothing, in one transaction that holds their locks, with its events
 * numbered under them, and done once however often it is asked for. append.ts hands it out; nobody else writes the log.
 */
import { createHash } from 'node:crypto'
import { UNREACHABLE } from '../conversations/capabilities.ts'
import { type Db, type Transaction, transaction, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { type ChatEvent, EVENT_VERSION, type Happening, type ReceiptsAdvanced } from '../events.ts'
import type { MemberRole, Uuid } from '../model.ts'
import { stored } from './stored-events.ts'

/** A client's own id for what it asks: kept with the answer, so that a repeat gets the same answer and changes nothing. */
export interface Once {
  tenantId: Uuid
  callerId: Uuid
  clientMutationId: string
  /** Equal for equal questions. */
  payloadHash: string
}

export interface ChangeRequest {
  tenantId: Uuid
  actorId: Uuid | null
  /** Of which events will be recorded; each user's own included. They are locked in one order. */
  streams: readonly Uuid[]
  once: Once | null
  /** The fact on which access.ts decided; it must still hold under the locks. */
  holds?: { conversationId: Uuid; userId: Uuid; role: MemberRole; isReachable?: boolean }
}

export interface Changing {
  tx: Transaction
  /** The event's seq. A stream that begins in this transaction need not have been locked. */
  record(streamId: Uuid, happening: Happening): number
  /** Tells those who listen just now, once all is committed; nothing of it is kept. */
  tell(receipt: ReceiptsAdvanced): void
  /** What has been recorded so far. */
  readonly events: readonly ChatEvent[]
  /** Of all this transaction's events in that stream. */
  positionOf(streamId: Uuid): bigint
  /** Of all events of this transaction. */
  at: Date
}

export type Change = ReturnType<typeof createChange>

interface Outcome<Result> {
  events: ChatEvent[]
  told: ReceiptsAdvanced[]
  result: Result
}

interface Head {
  id: Uuid
  last_seq: bigint
  position: bigint
  epoch: bigint
  at: Date
}

interface Dependencies {
  db: Db
  publish: (events: readonly ChatEvent[]) => void
  tell: (receipt: ReceiptsAdvanced) => void
}

export function createChange({ db, publish, tell }: Dependencies) {
  /** `work` awaits nothing but the database; its result is kept as JSON for repeats. What it throws undoes all. Throws IDEMPOTENCY_CONFLICT or SERVICE_UNAVAILABLE besides. */
  return async <Result extends Record<string, unknown>>(
    request: ChangeRequest,
    work: (changing: Changing) => Promise<Result>,
  ): Promise<Result> => {
    const { events, told, result } = await transaction(db, (tx) =>
      once(tx, request.once, () => perform(tx, request, work)),
    ).catch((error) => {
      throw unavailable(error)
    })
    publish(events)
    for (const receipt of told) tell(receipt)
    return result
  }
}

async function perform<Result>(
  tx: Transaction,
  { tenantId, actorId, streams, holds }: ChangeRequest,
  work: (changing: Changing) => Promise<Result>,
) {
  const heads = await tx.$queryRaw<
    Head[]
  >`select * from lock_streams_1(${tenantId}::uuid, ${[...new Set(streams)]}::uuid[])`
  const [first] = heads
  if (!first) throw new Error('a change needs at least one stream that there is')
  const { epoch, at } = first
  const places = new Map(heads.map((head) => [head.id, { seq: Number(head.last_seq), position: head.position }]))
  const ownPosition = heads.reduce((least, { position }) => (position < least ? position : least), first.position)
  if (holds) await assertHolds(tx, tenantId, holds)
  const events: ChatEvent[] = []
  const told: ReceiptsAdvanced[] = []
  const result = await work({
    tx,
    at,
    events,
    tell: (receipt) => void told.push(receipt),
    positionOf: (streamId) => places.get(streamId)?.position ?? ownPosition,
    record(streamId, happening) {
      const place = places.get(streamId) ?? { seq: 0, position: ownPosition }
      place.seq++
      places.set(streamId, place)
      events.push({ version: EVENT_VERSION, tenantId, streamId, ...place, epoch, at, actorId, ...happening })
      return place.seq
    },
  })
  if (events.length)
    await tx.$queryRaw`select write_events_1(${tenantId}::uuid, ${JSON.stringify(events.map(rowOf))}::jsonb)::text`
  return { events, told, result }
}

async function assertHolds(
  tx: Transaction,
  tenantId: Uuid,
  { conversationId, userId, role, isReachable = false }: NonNullable<ChangeRequest['holds']>,
): Promise<void> {
  const [membership] = await tx.$queryRaw<{ role: MemberRole; isUnreachable: boolean }[]>`
    select role, ${isReachable} and is_unreachable(tenant_id, conversation_id, user_id) as "isUnreachable"
    from membership where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and user_id = ${userId}::uuid and left_seq is null`
  if (membership?.role !== role)
    throw new ChatError('FORBIDDEN', { message: 'Your role in this conversation has just changed' })
  if (membership.isUnreachable) throw new ChatError('FORBIDDEN', { message: UNREACHABLE })
}

function rowOf(event: ChatEvent) {
  if (event.kind === 'MESSAGE_SENT') throw new Error('messages are appended, not recorded')
  const { subjectId, detail } = stored(event)
  return {
    stream: event.streamId,
    seq: event.seq,
    position: String(event.position),
    kind: event.kind,
    at: event.at,
    actor: event.actorId,
    subject: subjectId,
    detail,
  }
}

// ---------------------------------------------------------------------------------------------------- once

/** The key's row is inserted first: of two who ask at once the second one waits for the first one's commit, and gets its answer. */
async function once<Result extends Record<string, unknown>>(
  tx: Transaction,
  key: Once | null,
  work: () => Promise<Outcome<Result>>,
): Promise<Outcome<Result>> {
  if (!key) return work()
  const { tenantId, callerId, clientMutationId, payloadHash } = key
  const taken = await tx.$queryRaw<{ ok: number }[]>`
    insert into mutation_done (tenant_id, caller_id, client_mutation_id, payload_hash, result)
    values (${tenantId}::uuid, ${callerId}::uuid, ${clientMutationId}, ${payloadHash}, '{}') on conflict do nothing returning 1 as ok`
  const before = taken.length ? null : await done<Result>(tx, key)
  if (before) return { events: [], told: [], result: before }
  const outcome = await work()
  await tx.$executeRaw`update mutation_done set result = ${JSON.stringify(outcome.result)}::jsonb
    where tenant_id = ${tenantId}::uuid and caller_id = ${callerId}::uuid and client_mutation_id = ${clientMutationId}`
  return outcome
}

/** What was answered under this key before; null when it was not used. Throws IDEMPOTENCY_CONFLICT. */
export async function done<Result>(
  db: Pick<Db, '$queryRaw'>,
  { tenantId, callerId, clientMutationId, payloadHash }: Once,
): Promise<Result | null> {
  const [row] = await db.$queryRaw<{ hash: string; result: Result }[]>`
    select payload_hash as hash, result from mutation_done
    where tenant_id = ${tenantId}::uuid and caller_id = ${callerId}::uuid and client_mutation_id = ${clientMutationId}`
  if (row && row.hash !== payloadHash) throw new ChatError('IDEMPOTENCY_CONFLICT')
  return row?.result ?? null
}

/** For a mutation's input: all of it but the id itself. */
export function payloadHash(mutation: string, input: Record<string, unknown>): string {
  const { clientMutationId: _, ...payload } = input
  return createHash('sha256')
    .update(JSON.stringify([mutation, payload]))
    .digest('base64url')
}
