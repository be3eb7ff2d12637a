/** A reader who has the client kit, is cut off as others are, and leaves the rest to it: what it gives is kept as if it were frames, and nothing may come twice. */
import { createGauge } from '../lib/gauge.ts'
import { connectByKit } from '../lib/kit.ts'
import { patiently } from '../lib/patience.ts'
import type { Stretch } from './cut-plan.ts'
import { subscriptions } from './documents.ts'
import { eventIn, lineIndexOf } from './frames.ts'
import { REST_MS, type Reader, type ReaderOptions, type ReaderRecord } from './reader.ts'

const LAST: Stretch = { from: 0, until: Number.POSITIVE_INFINITY }

export function startKitReader(options: ReaderOptions): Reader {
  const { name, subscription, url, lives, conversationId, stored, heard, joinedAfter } = options
  const record: ReaderRecord = {
    name,
    subscription,
    joinedAfter,
    byKit: true,
    connections: [],
    cuts: [],
    comebacks: 0,
    faults: [],
  }
  const ready = Promise.withResolvers<void>()
  const seen = createGauge()
  const stretches = options.stretches.values()
  let stretch = stretches.next().value ?? LAST
  /** What was stored as this stretch began; null while he is away. */
  let before: number | null = null
  let life = 0
  let hasBegun = false
  let isCut = false

  const connection = connectByKit({
    url,
    async token() {
      await stored.reached(stretch.from)
      life = await lives.current()
      return options.token
    },
    onOpen() {
      hasBegun = isCut = false
      if (before !== null) record.comebacks++
      before ??= stored.value
    },
    onClose(code, reason) {
      if (hasBegun && !isCut && !lives.hasEnded(life)) record.faults.push(`lost his connection (${code} ${reason})`)
    },
  })

  const stop = connection.subscribe(
    { query: subscriptions[subscription], variables: { conversationId } },
    {
      next(answer) {
        const frame = JSON.stringify({ type: 'next', payload: answer })
        const event = eventIn(frame)
        const isBeginning = typeof event === 'object' && event?.__typename === 'Subscribed'
        if (isBeginning) record.connections.push([])
        record.connections.at(-1)?.push(frame)
        hasBegun = true
        ready.resolve()
        if (event === null || typeof event === 'string') return
        if (event.message) seen.raise(lineIndexOf(event.message) + 1)
        heard.raise(seen.value)
        if (seen.value >= stretch.until) cut()
      },
      error: (error) => record.faults.push(`was refused: ${error.message}`),
      complete: () => record.faults.push('was told that it is complete'),
    },
  )

  function cut(): void {
    record.cuts.push({ inReplay: seen.value < (before ?? 0) })
    stretch = stretches.next().value ?? LAST
    before = null
    isCut = true
    connection.cut()
    // It may be waiting between two attempts.
    void stored.reached(stretch.from).then(connection.reconnect)
  }

  async function rest(total: number): Promise<void> {
    await seen.reached(total)
    await connection.request('{ __typename }') // all that was sent before it is here
  }

  return {
    record,
    ready: ready.promise,
    async finish(total) {
      await patiently('the rest', rest(total), REST_MS).catch((error: Error) => record.faults.push(error.message))
      stop()
      isCut = true
      connection.close()
    },
  }
}
