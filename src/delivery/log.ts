/** Reading the log for delivery. Every answer brings the name of the database's life (epoch) along; null means that nobody has named this one yet. */
import type { Db } from '../db.ts'
import type { ChatEvent, Place } from '../events.ts'
import { CONNECTING, gathered } from '../lib/gathered.ts'
import { MESSAGE_KINDS } from '../messages/stored-events.ts'
import type { Uuid } from '../model.ts'
import { type EventRow, eventColumns, eventOf } from './event-rows.ts'

export interface StreamName {
  tenantId: Uuid
  streamId: Uuid
}

export type Read<T> = { epoch: bigint | null } & T

/** `heads`: of each stream that has something new the newest seq. */
type Tail = Read<{ horizon: bigint; isHeld: boolean; heads: (StreamName & { seq: number })[] }>

export type Log = ReturnType<typeof createLogReader>

/** Events in one read: what a recovery page holds, as Centrifugo and Sendbird chose too. */
export const PAGE = 300

export function createLogReader({ db }: { db: Db }) {
  /** One answer for all who ask together. */
  const horizon = gathered<'horizon', Read<{ horizon: bigint }>>(async (asks) => {
    const [row] = await db.$queryRaw<
      { epoch: bigint | null; horizon: bigint }[]
    >`select log_epoch_seen() as epoch, log_horizon_kept() as horizon`
    return asks.map(() => row ?? { epoch: null, horizon: 0n })
  }, CONNECTING)

  return {
    head: gathered<StreamName, Read<{ head: Place }>>((names) => readHeads(db, names), CONNECTING),

    /**
     * The next events of these streams after the seq of each, below position `until` (null: all that is visible), merged in order of
     * (position, stream, seq): the first PAGE of them, so that fewer means that there are no more. A message comes as its row is now.
     */
    async after(
      streams: readonly (StreamName & { seq: number })[],
      until: bigint | null = null,
    ): Promise<Read<{ events: ChatEvent[] }>> {
      const rows = await db.$queryRaw<EventRow[]>`
        select x.epoch, ${eventColumns}
        from (select log_epoch_seen() as epoch) x
        left join lateral (
          select e.* from jsonb_to_recordset(${JSON.stringify(streams.map(({ tenantId, streamId, seq }) => ({ tenantId, streamId, seq })))}::jsonb) as s("tenantId" uuid, "streamId" uuid, seq bigint)
          cross join lateral (
            select e.* from log_event e where e.tenant_id = s."tenantId" and e.stream_id = s."streamId" and e.seq > s.seq
              and (${until}::bigint is null or e.position < ${until}::bigint)
            order by e.seq limit ${PAGE}
          ) e
          order by e.position, e.stream_id, e.seq limit ${PAGE}
        ) e on true
        left join message m on e.kind = any(${MESSAGE_KINDS}) and m.tenant_id = e.tenant_id and m.id = e.subject_id
        order by e.position, e.stream_id, e.seq`
      const epoch = rows[0]?.epoch ?? null
      return { epoch, events: rows.filter((row) => row.log_seq !== null).map((row) => eventOf(row, epoch ?? 0n)) }
    },

    /** Where the event of that seq stands, if it is there and kept still. */
    async placeAt({ tenantId, streamId }: StreamName, seq: number): Promise<Place | null> {
      const [found] = await db.$queryRaw<{ position: bigint }[]>`
        select position from log_event where tenant_id = ${tenantId}::uuid and stream_id = ${streamId}::uuid and seq = ${seq}`
      return found ? { seq, position: found.position } : null
    },

    /** For each stream the place before its first event at or past the position: where a reader whose watermark that is has come to. */
    async before(
      tenantId: Uuid,
      streamIds: readonly Uuid[],
      position: bigint,
    ): Promise<Read<{ places: (Place & { streamId: Uuid; isBehind: boolean })[] }>> {
      const rows = await db.$queryRaw<
        { epoch: bigint | null; id: Uuid; first: bigint | null; seq: bigint; position: bigint }[]
      >`
        select log_epoch_seen() as epoch, s.id, f.first, coalesce(f.first - 1, s.last_seq) as seq,
          case when f.first is null then s.last_position else coalesce((
            select e.position from log_event e where e.tenant_id = s.tenant_id and e.stream_id = s.id and e.seq = f.first - 1), 0) end as position
        from stream s
        cross join lateral (
          select case when s.last_position >= ${position} then (
            select e.seq from log_event e where e.tenant_id = s.tenant_id and e.stream_id = s.id and e.position >= ${position} order by e.position, e.seq limit 1
          ) end as first
        ) f
        where s.tenant_id = ${tenantId}::uuid and s.id = any(${streamIds}::uuid[])`
      return {
        epoch: rows[0]?.epoch ?? null,
        places: rows.map((row) => ({
          streamId: row.id,
          seq: Number(row.seq),
          position: row.position,
          isBehind: row.first !== null,
        })),
      }
    },

    /** The horizon as it may leave the database. */
    horizon: (): Promise<Read<{ horizon: bigint }>> => horizon('horizon'),

    /**
     * One pass of the tail: the newest seq of each stream that has events at or past the position, without an upper bound. Where another life of the database is
     * met that nobody has named yet, it is named first. `isHeld`: events wait for an older transaction that is still open.
     */
    async tail(from: bigint | null): Promise<Tail> {
      const known = await readTail(db, from)
      if (known.epoch !== null) return known
      await db.$queryRaw`select log_epoch_now()`
      return readTail(db, from)
    },

    /** Which of these events are still stored at that seq with that position. Seq 0 stands before the first one and always is. */
    stored: (places: readonly (StreamName & Place)[]): Promise<Read<{ stored: boolean[] }>> => readStored(db, places),

    /** The same of one: whoever comes back asks for it, and they come back together. */
    isStored: gathered<StreamName & Place, boolean>(
      async (places) => (await readStored(db, places)).stored,
      CONNECTING,
    ),
  }
}

async function readTail(db: Db, from: bigint | null): Promise<Tail> {
  const rows = await db.$queryRaw<
    { epoch: bigint | null; horizon: bigint; held: boolean; tenantId: Uuid | null; streamId: Uuid; seq: bigint }[]
  >`
    select x.epoch, x.horizon, x.held, e.tenant_id as "tenantId", e.stream_id as "streamId", e.seq
    from (
      select log_epoch_seen() as epoch, log_horizon_kept() as horizon,
        exists (select from log_event where position >= log_horizon()) as held
    ) x
    left join (select tenant_id, stream_id, max(seq) as seq from log_event where position >= ${from}::bigint group by 1, 2) e on true`
  const { epoch = null, horizon = 0n, held: isHeld = false } = rows[0] ?? {}
  return {
    epoch,
    horizon,
    isHeld,
    heads: rows.flatMap(({ tenantId, streamId, seq }) => (tenantId ? [{ tenantId, streamId, seq: Number(seq) }] : [])),
  }
}

async function readStored(db: Db, places: readonly (StreamName & Place)[]): Promise<Read<{ stored: boolean[] }>> {
  const given = JSON.stringify(
    places.map(({ tenantId, streamId, seq, position }, ord) => ({
      ord,
      tenantId,
      streamId,
      seq,
      position: String(position),
    })),
  )
  const rows = await db.$queryRaw<{ epoch: bigint | null; ord: number; stored: boolean }[]>`
    select log_epoch_seen() as epoch, p.ord, p.seq = 0 or exists (
      select from log_event e where e.tenant_id = p."tenantId" and e.stream_id = p."streamId" and e.seq = p.seq and e.position = p.position) as stored
    from jsonb_to_recordset(${given}::jsonb) as p(ord integer, "tenantId" uuid, "streamId" uuid, seq bigint, position bigint) order by p.ord`
  return { epoch: rows[0]?.epoch ?? null, stored: rows.map((row) => row.stored) }
}

async function readHeads(db: Db, names: readonly StreamName[]): Promise<Read<{ head: Place }>[]> {
  const given = JSON.stringify(names.map(({ tenantId, streamId }, ord) => ({ ord, tenantId, streamId })))
  const rows = await db.$queryRaw<{ epoch: bigint | null; ord: number; seq: bigint | null; position: bigint | null }[]>`
    select log_epoch_seen() as epoch, n.ord, s.last_seq as seq, s.last_position as position
    from jsonb_to_recordset(${given}::jsonb) as n(ord integer, "tenantId" uuid, "streamId" uuid)
    left join stream s on s.tenant_id = n."tenantId" and s.id = n."streamId" order by n.ord`
  return rows.map(({ epoch, seq, position }) => ({ epoch, head: { seq: Number(seq ?? 0n), position: position ?? 0n } }))
}
