/**
 * What the bus does not bring: holes are filled from the log, a tail once a second finds what was lost when nothing followed, and when the
 * database turns out to live another life (a fail-over, a restore) whoever was given what is no longer stored is told so.
 */
import { type ChatEvent, streamTopic } from '../events.ts'
import type { Log as Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Mark } from './delivered.ts'
import type { Hub } from './hub.ts'
import { type Log, PAGE, type StreamName } from './log.ts'
import type { Recent } from './recent.ts'

/** Neighbours may come swapped: so long a hole may fill itself. */
const HOLE_PATIENCE_MS = 25

interface Dependencies {
  /** The hubs of this node by topic, as they are now. */
  hubs: ReadonlyMap<string, { hub: Hub }>
  log: Log
  recent: Recent
  metrics: Metrics
  logger: Logger
}

export function createRepair({ hubs, log, recent, metrics, logger }: Dependencies) {
  /** The hubs that are behind, and up to which seq at least. */
  const wanted = new Map<Hub, number>()
  let patience: NodeJS.Timeout | null = null
  let filling: Promise<boolean> = Promise.resolve(true)
  let passing: Promise<'done'> | null = null
  /** The database's life that this node knows, and below which position every live reader was given everything. */
  let epoch: bigint | null = null
  let horizon: bigint | null = null
  /** One object for as long as both stay as they are: whoever compares marks compares these. */
  let mark: Mark = { epoch: 0n, horizon: 0n }
  let isVerifying = false
  let heldSince: number | null = null
  /** How often the tail has looked which hubs are behind: one that had not begun then was passed over. */
  let looks = 0

  // ---------------------------------------------------------------- what the bus brings, and what it does not

  function hear(hub: Hub, event: ChatEvent): void {
    if (event.epoch !== epoch)
      void tailPass().catch(report) // another life: verified before anything more is given
    else if (isVerifying || hub.offer(event) === 'AFTER_A_HOLE') {
      want(hub, event.seq)
      soon()
    }
  }

  /** Up to that seq there is something, and the hub has not given it. */
  function want(hub: Hub, seq: number): void {
    wanted.set(hub, Math.max(wanted.get(hub) ?? 0, seq))
  }

  /** Those that are behind still: a hole may have filled itself. */
  function behind(): Hub[] {
    for (const [hub, seq] of wanted) if (hub.last && hub.last.seq >= seq) wanted.delete(hub)
    return [...wanted.keys()].filter((hub) => hub.last)
  }

  function soon(): void {
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
    for (let hubs = behind(); hubs.length && !isVerifying; hubs = behind()) {
      metrics.holeReads.inc()
      const asked = new Map(hubs.map((hub) => [hub, wanted.get(hub)]))
      const page = await log.after(
        hubs.map(({ tenantId, streamId, last }) => ({ tenantId, streamId, seq: last?.seq ?? 0 })),
      )
      if (!lives(page.epoch)) return false
      for (const event of page.events) if (hubOf(event)?.offer(event) === 'GIVEN') metrics.holes.inc()
      // What was wanted and is not there was of another life, or is no longer kept. What is wanted since may have come after this read.
      if (page.events.length < PAGE) for (const [hub, seq] of asked) if (wanted.get(hub) === seq) wanted.delete(hub)
    }
    return true
  }

  const hubOf = ({ tenantId, streamId }: StreamName): Hub | undefined => hubs.get(streamTopic(tenantId, streamId))?.hub

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
    looks++
    for (const head of page.heads) {
      const hub = hubOf(head)
      if (hub?.last && hub.last.seq < head.seq) want(hub, head.seq)
    }
    if (behind().length) await new Promise((resolve) => setTimeout(resolve, HOLE_PATIENCE_MS)) // it may be on its way
    metrics.tailRepairs.inc(behind().length)
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
      for (const { hub } of hubs.values()) {
        recent.forget(hub)
        hub.forgetEarly()
      }
      const known = [...hubs.values()].map(({ hub }) => hub).filter((hub) => hub.last)
      const readers = new Set([...hubs.values()].flatMap(({ hub }) => [...hub.readers]))
      const places = [
        ...[...readers].flatMap((reader) => reader.given().map((place) => ({ told: [reader], hub: null, place }))),
        // What waits in a reader's queue came by the hub, even if he has left it by the time that the answer comes.
        ...known.map((hub) => ({ told: [...hub.readers], hub, place: placeOf(hub) })),
      ]
      const { stored } = await log.stored(places.map(({ place }) => place))
      const lost = places.filter((_, i) => !stored[i])
      for (const reader of readers) if (reader.isReplaying) reader.resync()
      for (const { told } of lost) for (const reader of told) reader.resync()
      for (const { hub } of lost) if (hub) await restart(hub)
      epoch = next
    } finally {
      isVerifying = false
    }
    for (const { hub } of hubs.values()) want(hub, Number.POSITIVE_INFINITY)
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

  /** Whether what was read in that life may be given: not while it is being found out what of it is left. */
  const lives = (seen: bigint | null): boolean => seen !== null && seen === epoch && !isVerifying

  /** Whether what was just read is of the life that this node knows; if not, it finds out first, and the reader reads again. */
  async function isCurrent(seen: bigint | null): Promise<boolean> {
    if (lives(seen)) return true
    await tailPass()
    return false
  }

  const report = (error: unknown) => logger.warn({ error }, 'events may come late: the log cannot be read just now')

  return {
    hear,
    tailPass,
    isCurrent,
    lives,
    epoch: () => epoch,
    looks: () => looks,
    /** What a live feed's cursor holds. */
    mark(): Mark {
      const now = { epoch: epoch ?? 0n, horizon: horizon ?? 0n }
      if (mark.epoch !== now.epoch || mark.horizon !== now.horizon) mark = now
      return mark
    },
    /** It is closed: nothing would ever fill it. */
    forget: (hub: Hub): void => void wanted.delete(hub),
    close(): void {
      if (patience) clearTimeout(patience)
    },
  }
}
