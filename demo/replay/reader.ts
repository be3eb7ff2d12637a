/** A reader of the conversation who is cut off again and again, goes on with his newest cursor, and keeps every frame as it came. */
import { type Connection, connect } from '../lib/connection.ts'
import { createGauge, type Gauge } from '../lib/gauge.ts'
import { patiently } from '../lib/patience.ts'
import type { Stretch } from './cut-plan.ts'
import { subscriptions } from './documents.ts'
import { eventIn, lineIndexOf } from './frames.ts'

export type SubscriptionName = keyof typeof subscriptions

/** What the verdict is made of. */
export interface ReaderRecord {
  name: string
  subscription: SubscriptionName
  /** He has become a member once so many lines were stored: 0 for a member from the beginning. */
  joinedAfter: number
  /** The raw frames of each connection. */
  connections: string[][]
  /** In the middle of a replay: of what was stored when he came back, he had not yet got all. */
  cuts: { inReplay: boolean }[]
  faults: string[]
}

export interface Reader {
  record: ReaderRecord
  /** He hears what is sent from now on. */
  ready: Promise<void>
  /** Resolves when he has got `total` messages and nothing more is on its way, or will not. */
  finish(total: number): Promise<void>
}

export interface ReaderOptions {
  name: string
  subscription: SubscriptionName
  url: string
  token: string
  conversationId: string
  stretches: readonly Stretch[]
  joinedAfter: number
  /** How many messages are stored. */
  stored: Gauge
}

export function startReader(options: ReaderOptions): Reader {
  const { name, subscription, url, token, conversationId, stretches, stored, joinedAfter } = options
  const record: ReaderRecord = { name, subscription, joinedAfter, connections: [], cuts: [], faults: [] }
  const ready = Promise.withResolvers<void>()
  const lost = Promise.withResolvers<never>()
  const seen = createGauge()
  let cursor: string | undefined
  let connection: Connection | null = null

  async function run(): Promise<void> {
    for (const { from, until } of stretches) {
      await stored.reached(from)
      await listen(until)
      const before = stored.value
      await seen.reached(until)
      record.cuts.push({ inReplay: seen.value < before })
    }
    await listen(Number.POSITIVE_INFINITY)
  }

  async function listen(until: number): Promise<void> {
    const frames: string[] = []
    record.connections.push(frames)
    const onFrame = (text: string) => {
      frames.push(text)
      const event = eventIn(text)
      if (event === null || typeof event === 'string') return
      cursor = event.cursor
      if (event.__typename === 'Subscribed') ready.resolve()
      if (event.message) seen.raise(lineIndexOf(event.message) + 1)
      if (seen.value >= until) connection?.destroy()
    }
    connection = await connect({ url, token, onFrame, onLost: lost.reject })
    connection.subscribe(subscriptions[subscription], { conversationId, after: cursor })
  }

  const running = Promise.race([run(), lost.promise])
  // Told by finish(), or before that to who waits for `ready`; if nobody does, the play has failed already.
  running.catch(ready.reject)
  ready.promise.catch(() => null)

  return {
    record,
    ready: ready.promise,
    async finish(total) {
      const all = async () => {
        await running
        await Promise.race([seen.reached(total), lost.promise])
        await connection?.flushed()
      }
      await patiently('the rest', all()).catch((error: Error) => record.faults.push(error.message))
      connection?.close()
    },
  }
}
