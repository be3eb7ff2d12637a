/** All hubs of this node: who joins and leaves. A hub listens to the bus from before its first reader to a while after its last one. */
import type { Bus, Unsubscribe } from '../bus/bus.ts'
import { isEphemeral, streamTopic } from '../events.ts'
import type { Log as Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { Hub, type Reader } from './hub.ts'
import type { Log, StreamName } from './log.ts'
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

interface Opened {
  hub: Hub
  ready: Promise<void>
  unsubscribe: Unsubscribe
  idle: NodeJS.Timeout | null
}

export function createHubs({ log, bus, metrics, logger }: Dependencies) {
  const opened = new Map<string, Opened>()
  const recent = createRecent()
  const repair = createRepair({ hubs: opened, log, recent, metrics, logger })
  const pages = createPages({ log, recent, lives: repair.lives, epoch: repair.epoch })

  /** Resolves when the hub listens and knows its head: what is stored after that is heard by the reader. */
  async function join(name: StreamName, reader: Reader): Promise<Hub> {
    const entry = opened.get(streamTopic(name.tenantId, name.streamId)) ?? open(name)
    if (entry.idle) clearTimeout(entry.idle)
    entry.idle = null
    entry.hub.join(reader)
    await entry.ready
    return entry.hub
  }

  function leave(name: StreamName, reader: Reader): void {
    const topic = streamTopic(name.tenantId, name.streamId)
    const entry = opened.get(topic)
    if (!entry?.hub.readers.has(reader)) return
    entry.hub.leave(reader)
    if (entry.hub.readers.size) return
    entry.idle = setTimeout(() => close(topic, entry), IDLE_MS).unref()
  }

  function open(name: StreamName): Opened {
    const topic = streamTopic(name.tenantId, name.streamId)
    const hub = new Hub(name, recent.add)
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
    entry.unsubscribe = await bus.subscribe(topic, (event) =>
      isEphemeral(event) ? entry.hub.pass(event) : repair.hear(entry.hub, event),
    )
    for (;;) {
      const { epoch: seen, head } = await log.head(entry.hub)
      if (!(await repair.isCurrent(seen))) continue
      entry.hub.last = head
      return
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
