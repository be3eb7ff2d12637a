/** The bus of several processes over a link that may be away: see docs/adr/0012-the-bus-between-nodes.md. */
import { setTimeout as wait } from 'node:timers/promises'
import { StartError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Bus } from './bus.ts'
import type { Connect, Link } from './link.ts'
import { linkedTopics } from './linked-topics.ts'
import { memoryBus } from './memory.ts'
import { decode, encode } from './wire-format.ts'

/** So much text may be on its way to the link, in UTF-16 units; beyond it the link is stuck, and events are dropped. */
const MAX_WAITING = 16 * 1_024 * 1_024
const MIN_BACKOFF_MS = 100
const MAX_BACKOFF_MS = 5_000
/** What is on its way when the bus is closed has so long to go out. */
const CLOSE_PATIENCE_MS = 1_000

interface Dependencies {
  connect: Connect
  metrics: Metrics
  logger: Log
}

/** Resolves after the first attempt to connect, whether or not that succeeded; throws StartError if no other could. */
export async function linkedBus({ connect, metrics, logger }: Dependencies): Promise<Bus> {
  const readers = memoryBus()
  const topics = linkedTopics(hear)
  const stopping = new AbortController()
  const sent = metrics.busEvents.labels('OUT')
  const heard = metrics.busEvents.labels('IN')
  let link: Link | null = null
  let isAway: boolean | null = null
  let waiting = 0
  let newest: Promise<unknown> = Promise.resolve()
  const refused = new Set<string>()

  // ---------------------------------------------------------------- the link comes and goes

  async function attempt(): Promise<Link | null> {
    try {
      return await connect(stopping.signal)
    } catch (error) {
      away(error)
      if (error instanceof StartError && !keeping) throw error
      return null
    }
  }

  async function keepLinked(first: Link | null): Promise<void> {
    let failures = 0
    for (let next = first; ; next = await attempt()) {
      const since = Date.now()
      if (next) {
        back(next)
        away(await next.lost)
      }
      // One that is lost as soon as it has come is no success.
      failures = Date.now() - since > MAX_BACKOFF_MS ? 0 : failures + 1
      await wait(backoffMs(failures), undefined, { signal: stopping.signal }).catch(() => undefined) // rejects only when aborted
      if (stopping.signal.aborted) return
    }
  }

  function back(next: Link): void {
    link = next
    topics.use(next)
    metrics.busConnected.set(1)
    if (isAway) logger.info('the bus is back')
    isAway = false
  }

  function away(error: unknown): void {
    link = null
    topics.use(null)
    metrics.busConnected.set(0)
    // Once an outage; and the end that was asked for is none.
    if (!isAway && !stopping.signal.aborted)
      logger.warn({ error }, 'the bus is away: events of other nodes come by the log, up to a second later')
    isAway = true
  }

  // ---------------------------------------------------------------- what goes out, what comes in

  function publish(to: Link, topic: string, text: string): void {
    waiting += text.length
    newest = to
      .publish(topic, text)
      .then(
        () => sent.inc(),
        () => metrics.busLost.inc({ reason: 'CUT' }),
      )
      .finally(() => (waiting -= text.length))
  }

  function hear(topic: string, text: string): void {
    const event = decode(text)
    if (typeof event === 'string') refuse(topic, event)
    else {
      heard.inc()
      readers.publish(topic, event)
    }
  }

  function refuse(topic: string, reason: string): void {
    metrics.busLost.inc({ reason })
    if (refused.has(reason)) return
    refused.add(reason)
    logger.warn({ topic, reason }, 'the bus brought what is no event to this node; counted from now on, not logged')
  }

  let keeping: Promise<void> | null = null
  keeping = keepLinked(await attempt())

  return {
    publish(topic, event) {
      const text = link && waiting < MAX_WAITING ? encode(event) : null
      if (link && text !== null) return publish(link, topic, text)
      // What other nodes will find in the log this node's readers may have at once.
      metrics.busLost.inc({ reason: link ? 'FULL' : 'AWAY' })
      readers.publish(topic, event)
    },
    async subscribe(topic, onEvent) {
      const stop = await readers.subscribe(topic, onEvent)
      await topics.join(topic)
      let isOver = false
      return () => {
        stop()
        if (!isOver) topics.leave(topic)
        isOver = true
      }
    },
    async close() {
      await Promise.race([newest, wait(CLOSE_PATIENCE_MS, undefined, { ref: false })])
      stopping.abort()
      await keeping
      await readers.close()
    },
  }
}

/** Doubled each time, and somewhere in the upper half: not all nodes come at once. */
function backoffMs(failures: number): number {
  const most = Math.min(MIN_BACKOFF_MS * 2 ** failures, MAX_BACKOFF_MS)
  return most * (0.5 + Math.random() / 2)
}
