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

const NEVER = new Promise<never>(() => undefined)

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
  /** The stream's, as it was read since; null where the hub was open before and read it then. */
  head: Head | null
}

interface Opened {
  hub: Hub
  ready: Promise<Head>
  unsubscribe: Unsubscribe
  idle: NodeJS.Timeout | null
}

export function createHubs({ log, bus, metrics, logger }: Dependencies) {
  const opened = new Map<string, Opened>()
  const recent = createRecent()
  const repair = createRepair({ hubs: opened, log, recent, metrics, logger })
  const pages = createPages({ log, recent, lives: repair.lives, epoch: repair.epoch })

  /** Resolves when the hub listens and knows its head: what is stored after that is heard by the reader. */
  async function join(name: StreamName, reader: Reader): Promise<Joined> {
    const topic = streamTopic(name.tenantId, name.streamId)
    const known = opened.get(topic)
    const entry = known ?? open(name, topic)
    if (entry.idle) clearTimeout(entry.idle)
    entry.idle = null
    entry.hub.join(reader)
    const head = await entry.ready
    return { hub: entry.hub, head: known ? null : head }
  }

  function leave(name: StreamName, reader: Reader): void {
    const topic = streamTopic(name.tenantId, name.streamId)
    const entry = opened.get(topic)
    if (!entry?.hub.readers.has(reader)) return
    entry.hub.leave(reader)
    if (entry.hub.readers.size) return
    entry.idle = setTimeout(() => close(topic, entry), IDLE_MS).unref()
  }

  function open(name: StreamName, topic: string): Opened {
    const hub = new Hub(name, recent.add)
    const entry: Opened = { hub, ready: NEVER, unsubscribe: () => undefined, idle: null }
    entry.ready = listen(topic, entry).catch((error) => {
      close(topic, entry)
      throw error
    })
    opened.set(topic, entry)
    metrics.hubs.set(opened.size)
    return entry
  }

  async function listen(topic: string, entry: Opened): Promise<Head> {
    entry.unsubscribe = await bus.subscribe(topic, (event) =>
      isEphemeral(event) ? entry.hub.pass(event) : repair.hear(entry.hub, event),
    )
    for (;;) {
      const read = await log.head(entry.hub)
      if (!(await repair.isCurrent(read.epoch))) continue
      entry.hub.last = read.head
      return read
    }
  }

  function close(topic: string, entry: Opened): void {
    if (opened.get(topic) !== entry) return
    opened.delete(topic)
    repair.forget(entry.hub)
    recent.forget(entry.hub)
    entry.unsubscribe()
    metrics.hubs.set(opened.size)
  }

  return {
    join,
    leave,
    /** The next events of a hub that was joined, for a reader who has come to that seq. */
    pageAfter: pages.after,
    tailPass: repair.tailPass,
    isCurrent: repair.isCurrent,
    lives: repair.lives,
    mark: repair.mark,
    close(): void {
      for (const [topic, entry] of opened) close(topic, entry)
      repair.close()
    },
  }
}
