/** A reader of the conversation who is cut off again and again, goes on with his newest cursor, and keeps every frame as it came. */
import { connectWhenAdmitted } from '../lib/admitted.ts'
import type { Connection } from '../lib/connection.ts'
import { createGauge, type Gauge } from '../lib/gauge.ts'
import { type Lives, survive } from '../lib/lives.ts'
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
  /** Then nothing may come twice, not even of a feed. */
  byKit: boolean
  /** The raw frames of each connection. */
  connections: string[][]
  /** In the middle of a replay: of what was stored when he came back, he had not yet got all. */
  cuts: { inReplay: boolean }[]
  /** After restarts of the server. */
  comebacks: number
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
  /** Of the server: he comes back in the next one. Any other loss of a connection is a fault. */
  lives: Lives
  token: string
  conversationId: string
  stretches: readonly Stretch[]
  joinedAfter: number
  /** How many messages are stored. */
  stored: Gauge
  /** How many of them somebody has got. */
  heard: Gauge
}

/** After a late restart it may be much. */
export const REST_MS = 60_000

export function startReader(options: ReaderOptions): Reader {
  const { name, subscription, url, lives, token, conversationId, stretches, stored, heard, joinedAfter } = options
  const record: ReaderRecord = {
    name,
    subscription,
    joinedAfter,
    byKit: false,
    connections: [],
    cuts: [],
    comebacks: 0,
    faults: [],
  }
  const ready = Promise.withResolvers<void>()
  const end = Promise.withResolvers<number>()
  const seen = createGauge()
  let cursor: string | undefined

  async function run(): Promise<void> {
    for (const { from, until } of stretches) {
      await stored.reached(from)
      let before: number | null = null
      await listen(until, () => {
        before ??= stored.value
        return seen.reached(until)
      })
      record.cuts.push({ inReplay: seen.value < (before ?? 0) })
    }
    await listen(Number.POSITIVE_INFINITY, async (last) => {
      await seen.reached(await end.promise)
      await last.flushed()
      last.close()
    })
  }

  /** Is cut at `until`. On one connection, and one more for each time that the server is killed before it is done. */
  async function listen(until: number, done: (connection: Connection) => Promise<void>): Promise<void> {
    let connections = 0
    await survive(lives, async () => {
      const frames: string[] = []
      const lost = Promise.withResolvers<never>()
      lost.promise.catch(() => null) // told below
      const onFrame = (text: string) => {
        frames.push(text)
        const event = eventIn(text)
        if (event === null || typeof event === 'string') return
        cursor = event.cursor
        if (event.__typename === 'Subscribed') ready.resolve()
        if (event.message) seen.raise(lineIndexOf(event.message) + 1)
        heard.raise(seen.value)
        if (seen.value >= until) connection.destroy()
      }
      const connection = await connectWhenAdmitted({ url, token, onFrame, onLost: lost.reject })
      record.connections.push(frames)
      if (connections++ > 0) record.comebacks++
      connection.subscribe(subscriptions[subscription], { conversationId, after: cursor })
      await Promise.race([done(connection), lost.promise])
    })
  }

  const running = run()
  // Told by finish(), or before that to who waits for `ready`; if nobody does, the play has failed already.
  running.catch(ready.reject)
  ready.promise.catch(() => null)

  return {
    record,
    ready: ready.promise,
    async finish(total) {
      end.resolve(total)
      await patiently('the rest', running, REST_MS).catch((error: Error) => record.faults.push(error.message))
    },
  }
}
