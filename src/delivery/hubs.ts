/**
 * All hubs of this node: who joins and leaves, what the bus brings, how holes are filled, and what is done when the database
 * turns out to live another life (a fail-over, a restore). docs/adr/0003-positions-and-epochs.md tells why.
 */
import type { Bus, Unsubscribe } from '../bus/bus.ts'
import { type ChatEvent, streamTopic } from '../events.ts'
import type { Log as Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { Hub, type Reader } from './hub.ts'
import { type Log, PAGE, type StreamName } from './log.ts'

/** Neighbours may come swapped: so long a hole may fill itself. */
const HOLE_PATIENCE_MS = 25
/** A hub without readers goes on following for so long, for those who come back. */
const IDLE_MS = 10_000

export type Hubs = ReturnType<typeof createHubs>

interface Dependencies {
  log: Log
  bus: Bus
  metrics: Metrics
  logger: Logger
}

interface Opened {
  hub: Hub
  ready: Promise<void>
  unsubscribe: Unsubscribe
  idle: NodeJS.Timeout | null
}

export function createHubs({ log, bus, metrics, logger }: Dependencies) {
  const opened = new Map<string, Opened>()
  const holes = new Set<Hub>()
  let patience: NodeJS.Timeout | null = null
  let filling: Promise<boolean> = Promise.resolve(true)
  let passing: Promise<'done'> | null = null
  /** The database's life that this node knows, and below which position every live reader was given everything. */
  let epoch: bigint | null = null
  let horizon: bigint | null = null
  let isVerifying = false
  let heldSince: number | null = null

  // ---------------------------------------------------------------- joining and leaving

  /** Resolves when the hub listens and knows its head: what is stored after that is heard by the reader. */
  async function join(name: StreamName, reader: Reader): Promise<void> {
    const entry = opened.get(streamTopic(name.tenantId, name.streamId)) ?? open(name)
    if (entry.idle) clearTimeout(entry.idle)
    entry.idle = null
    entry.hub.readers.add(reader)
    await entry.ready
  }

  function leave(name: StreamName, reader: Reader): void {
    const topic = streamTopic(name.tenantId, name.streamId)
    const entry = opened.get(topic)
    if (!entry?.hub.readers.delete(reader) || entry.hub.readers.size) return
    entry.idle = setTimeout(() => close(topic, entry), IDLE_MS).unref()
  }

  function open(name: StreamName): Opened {
    const topic = streamTopic(name.tenantId, name.streamId)
    const hub = new Hub(name)
    const entry: Opened = { hub, ready: Promise.resolve(), unsubscribe: () => undefined, idle: null }
    entry.ready = listen(topic, entry).catch((error) => {
      close(topic, entry)
      throw error
    })
    opened.set(topic, entry)
    metrics.hubs.set(opened.size)
    return entry
  }

  async function listen(topic: string, entry: Opened): Promise<void> {
    entry.unsubscribe = await bus.subscribe(topic, (event) => hear(entry.hub, event))
    for (;;) {
      const { epoch: seen, head } = await log.head(entry.hub)
      if (!(await isCurrent(seen))) continue
      entry.hub.last = head
      return
    }
  }

  function close(topic: string, entry: Opened): void {
    if (opened.get(topic) !== entry) return
    opened.delete(topic)
    holes.delete(entry.hub)
    entry.unsubscribe()
    metrics.hubs.set(opened.size)
  }

  // ---------------------------------------------------------------- what the bus brings, and what it does not

  function hear(hub: Hub, event: ChatEvent): void {
    if (event.epoch !== epoch)
      void tailPass().catch(report) // another life: verified before anything more is given
    else if (isVerifying || hub.offer(event) === 'AFTER_A_HOLE') waitForHole(hub)
  }

  function waitForHole(hub: Hub): void {
    holes.add(hub)
    patience ??= setTimeout(() => {
      patience = null
      fill()
        .then((isFilled) => (isFilled ? 'done' : tailPass()))
        .catch(report)
    }, HOLE_PATIENCE_MS).unref()
  }

  /** Reads what is missing in all holes of this moment in one query; false when it could not, since the database lives another life. One at a time. */
  function fill(): Promise<boolean> {
    filling = filling.catch(() => false).then(fillNow)
    return filling
  }

  async function fillNow(): Promise<boolean> {
    while (holes.size && !isVerifying) {
      const behind = [...holes].filter((hub) => hub.last)
      holes.clear()
      const isFilled =
        behind.length === 0 ||
        (await fillThese(behind).catch((error) => {
          note(behind)
          throw error
        }))
      if (!isFilled) return false
    }
    return true
  }

  async function fillThese(behind: Hub[]): Promise<boolean> {
    const page = await log.after(
      behind.map(({ tenantId, streamId, last }) => ({ tenantId, streamId, seq: last?.seq ?? 0 })),
    )
    if (page.epoch !== epoch) return false
    for (const event of page.events) if (hubOf(event)?.offer(event) === 'GIVEN') metrics.holes.inc()
    if (page.events.length === PAGE) note(behind)
    return true
  }

  function note(behind: Hub[]): void {
    for (const hub of behind) holes.add(hub)
  }

  const hubOf = ({ tenantId, streamId }: StreamName): Hub | undefined =>
    opened.get(streamTopic(tenantId, streamId))?.hub

  // ---------------------------------------------------------------- the tail

  /** Once a second: finds what was lost when nothing followed, and moves the horizon on. Whoever asks while one runs waits for that one. */
  function tailPass(): Promise<'done'> {
    passing ??= passNow().finally(() => {
      passing = null
    })
    return passing
  }

  async function passNow(): Promise<'done'> {
    const page = await log.tail(horizon)
    if (page.epoch === null) return 'done'
    if (epoch === null) epoch = page.epoch
    else if (page.epoch !== epoch) await meet(page.epoch)
    for (const head of page.heads) {
      const hub = hubOf(head)
      if (!hub?.last || hub.last.seq >= head.seq) continue
      holes.add(hub)
      metrics.tailRepairs.inc()
    }
    if (await fill()) horizon = page.horizon
    heldSince = page.isHeld ? (heldSince ?? Date.now()) : null
    metrics.logLagSeconds.set(heldSince === null ? 0 : (Date.now() - heldSince) / 1_000)
    return 'done'
  }

  /** Another life of the database: whoever was given an event that is no longer stored is told so, all others go on. */
  async function meet(next: bigint): Promise<void> {
    logger.warn(
      { from: String(epoch), to: String(next) },
      'the database lives another life; checking what was delivered',
    )
    isVerifying = true
    try {
      const hubs = [...opened.values()].map(({ hub }) => hub).filter((hub) => hub.last)
      const readers = new Set([...opened.values()].flatMap(({ hub }) => [...hub.readers]))
      const places = [
        ...[...readers].flatMap((reader) => reader.given().map((place) => ({ reader, hub: null, place }))),
        ...hubs.map((hub) => ({ reader: null, hub, place: placeOf(hub) })),
      ]
      const { stored } = await log.stored(places.map(({ place }) => place))
      const lost = places.filter((_, i) => !stored[i])
      for (const reader of readers) if (reader.isReplaying) reader.resync()
      for (const { reader } of lost) reader?.resync()
      for (const { hub } of lost) if (hub) await restart(hub)
      epoch = next
    } finally {
      isVerifying = false
    }
    for (const { hub } of opened.values()) holes.add(hub)
  }

  async function restart(hub: Hub): Promise<void> {
    for (const reader of hub.readers) reader.resync()
    hub.last = (await log.head(hub)).head
  }

  const placeOf = ({ tenantId, streamId, last }: Hub) => ({
    tenantId,
    streamId,
    seq: last?.seq ?? 0,
    position: last?.position ?? 0n,
  })

  /** Whether what was just read is of the life that this node knows; if not, it finds out first, and the reader reads again. */
  async function isCurrent(seen: bigint | null): Promise<boolean> {
    if (seen !== null && seen === epoch && !isVerifying) return true
    await tailPass()
    return false
  }

  const report = (error: unknown) => logger.warn({ error }, 'events may come late: the log cannot be read just now')

  return {
    join,
    leave,
    tailPass,
    isCurrent,
    /** What a live feed's cursor holds. */
    mark: (): { epoch: bigint; horizon: bigint } => ({ epoch: epoch ?? 0n, horizon: horizon ?? 0n }),
    close(): void {
      for (const [topic, entry] of opened) close(topic, entry)
      if (patience) clearTimeout(patience)
    },
  }
}
