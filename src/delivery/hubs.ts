/** All hubs of this node: who joins and leaves. A hub listens to the bus from before its first reader to a while after its last one. */
import type { Bus, Unsubscribe } from '../bus/bus.ts'
import { isEphemeral, type Place, streamTopic } from '../events.ts'
import type { Log as Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { Hub, type Reader } from './hub.ts'
import type { Log, Read, StreamName } from './log.ts'
import { createPages } from './pages.ts'
import { createRecent } from './recent.ts'
import { createRepair } from './repair.ts'

/** A hub without readers goes on following for so long, for those who come back. */
const IDLE_MS = 10_000

export type Hubs = ReturnType<typeof createHubs>

interface Dependencies {
  log: Log
  bus: Bus
  metrics: Metrics
  logger: Logger
}

type Head = Read<{ head: Place }>

interface Joined {
  hub: Hub
  /** The stream's, as it was read since; null where somebody else had read it, or was about to. */
  head: Head | null
}

interface Opened {
  hub: Hub
  /** Resolves when it hears what the bus brings. */
  listening: Promise<void>
  /** Its head, as it was read for the first one who had not read it himself. */
  head: Promise<Head> | null
  unsubscribe: Unsubscribe
  idle: NodeJS.Timeout | null
}

export function createHubs({ log, bus, metrics, logger }: Dependencies) {
  const opened = new Map<string, Opened>()
  const recent = createRecent()
  const repair = createRepair({ hubs: opened, log, recent, metrics, logger })
  const pages = createPages({ log, recent, lives: repair.lives, epoch: repair.epoch })

  /** Resolves when the hub listens: what is stored after that is heard by the reader. Whoever joins reads the head then, and tells it by `begin`. */
  async function listen(name: StreamName, reader: Reader): Promise<Hub> {
    const entry = enter(name, reader)
    await entry.listening
    return entry.hub
  }

  /** As `listen`, and the hub knows its head, too. */
  async function join(name: StreamName, reader: Reader): Promise<Joined> {
    const entry = enter(name, reader)
    await entry.listening
    if (entry.hub.last) return { hub: entry.hub, head: null }
    if (entry.head) return { hub: entry.hub, head: await entry.head.then(() => null) }
    entry.head = readHead(entry.hub).finally(() => {
      entry.head = null
    })
    return { hub: entry.hub, head: await entry.head }
  }

  function enter(name: StreamName, reader: Reader): Opened {
    const topic = streamTopic(name.tenantId, name.streamId)
    const entry = opened.get(topic) ?? open(name, topic)
    if (entry.idle) clearTimeout(entry.idle)
    entry.idle = null
    entry.hub.join(reader)
    return entry
  }

  function leave(name: StreamName, reader: Reader): void {
    const topic = streamTopic(name.tenantId, name.streamId)
    const entry = opened.get(topic)
    if (!entry?.hub.readers.has(reader)) return
    entry.hub.leave(reader)
    if (entry.hub.readers.size) return
    // Where nobody was let in there is nothing to come back to.
    if (!entry.hub.last) close(topic, entry)
    else entry.idle = setTimeout(() => close(topic, entry), IDLE_MS).unref()
  }

  function open(name: StreamName, topic: string): Opened {
    const hub = new Hub(name, recent.add)
    const entry: Opened = { hub, listening: Promise.resolve(), head: null, unsubscribe: () => undefined, idle: null }
    entry.listening = subscribe(topic, entry).catch((error) => {
      close(topic, entry)
      throw error
    })
    opened.set(topic, entry)
    metrics.hubs.set(opened.size)
    return entry
  }

  async function subscribe(topic: string, entry: Opened): Promise<void> {
    const unsubscribe = await bus.subscribe(topic, (event) =>
      isEphemeral(event) ? entry.hub.pass(event) : repair.hear(entry.hub, event),
    )
    if (opened.get(topic) === entry) entry.unsubscribe = unsubscribe
    else unsubscribe() // it was closed meanwhile
  }

  async function readHead(hub: Hub): Promise<Head> {
    for (;;) {
      const looks = repair.looks()
      const read = await log.head(hub)
      if (!(await repair.isCurrent(read.epoch)) || !mayBegin(hub, looks)) continue
      return { ...read, head: hub.begin(read.head) }
    }
  }

  /** Not at what was read before the tail has looked for those that are behind: what came between the two would be nobody's. */
  const mayBegin = (hub: Hub, looks: number): boolean => hub.last !== null || looks === repair.looks()

  function close(topic: string, entry: Opened): void {
    if (opened.get(topic) !== entry) return
    opened.delete(topic)
    repair.forget(entry.hub)
    recent.forget(entry.hub)
    entry.unsubscribe()
    metrics.hubs.set(opened.size)
  }

  return {
    listen,
    join,
    leave,
    /** The next events of a hub that was joined, for a reader who has come to that seq. */
    pageAfter: pages.after,
    tailPass: repair.tailPass,
    isCurrent: repair.isCurrent,
    looks: repair.looks,
    mayBegin,
    lives: repair.lives,
    mark: repair.mark,
    close(): void {
      for (const [topic, entry] of opened) close(topic, entry)
      repair.close()
    },
  }
}
