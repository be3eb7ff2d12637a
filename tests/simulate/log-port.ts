/** The log as delivery reads it, out of the database of a run: one method, one statement of src/delivery/log.ts. */
import { type Log, PAGE } from '../../src/delivery/log.ts'
import type { Uuid } from '../../src/model.ts'
import type { Ask } from './asking.ts'
import type { Database } from './database.ts'
import { eventOf, type Row } from './tables.ts'

/** Before the first event. */
const NOWHERE = { seq: 0, position: 0n }

export function logPort(database: Database, ask: Ask): Log {
  const { tables } = database
  const head = (streamId: Uuid) => {
    const { seq, position } = tables.last(streamId) ?? NOWHERE
    return { seq, position }
  }

  async function tail(from: bigint | null) {
    const seen = await ask(() => {
      const heads = new Map<Uuid, number>()
      if (from !== null)
        for (const { streamId, seq, position } of tables.all) if (position >= from) heads.set(streamId, seq)
      return {
        epoch: database.epochSeen(),
        horizon: database.horizonKept(),
        isHeld: tables.newest !== null && tables.newest >= database.horizon(),
        heads: [...heads].map(([streamId, seq]) => ({ tenantId: 'tenant', streamId, seq })),
      }
    })
    return seen
  }

  return {
    head: ({ streamId }) => ask(() => ({ epoch: database.epochSeen(), head: head(streamId) })),

    after: (streams, until = null) =>
      ask(() => {
        const epoch = database.epochSeen()
        const found = streams.flatMap(({ streamId, seq }) =>
          tables
            .rows(streamId)
            .slice(seq)
            .filter(({ position }) => until === null || position < until)
            .slice(0, PAGE),
        )
        const page = found.sort(merged).slice(0, PAGE)
        return { epoch, events: page.map((row) => eventOf(row, tables, epoch ?? 0n)) }
      }),

    before: (_, streamIds, from) =>
      ask(() => ({
        epoch: database.epochSeen(),
        places: streamIds.map((streamId) => {
          const first = tables.rows(streamId).find(({ position }) => position >= from)
          const { seq, position } = (first ? tables.rows(streamId)[first.seq - 2] : tables.last(streamId)) ?? NOWHERE
          return { streamId, seq, position, isBehind: first !== undefined }
        }),
      })),

    placeAt: ({ streamId }, seq) =>
      ask(() => {
        const row = tables.rows(streamId)[seq - 1]
        return row ? { seq, position: row.position } : null
      }),

    horizon: () => ask(() => ({ epoch: database.epochSeen(), horizon: database.horizonKept() })),

    async tail(from) {
      const known = await tail(from)
      if (known.epoch !== null) return known
      await ask(() => database.epochNow())
      return tail(from)
    },

    stored: (places) =>
      ask(() => ({
        epoch: database.epochSeen(),
        stored: places.map(({ streamId, ...place }) => tables.isStored(streamId, place)),
      })),

    isStored: ({ streamId, ...place }) => ask(() => tables.isStored(streamId, place)),
  }
}

const merged = (one: Row, other: Row): number =>
  one.position !== other.position
    ? one.position < other.position
      ? -1
      : 1
    : one.streamId.localeCompare(other.streamId) || one.seq - other.seq
