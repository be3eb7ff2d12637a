/** Events burst by burst to many readers, one of whom may have stopped reading: how late the others get theirs, and what memory the server holds then. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Crowd } from '../lib/crowd.ts'
import { type Greeting, openLightSocket } from '../lib/light-socket.ts'

export interface Place {
  /** Of the server, without its garbage. */
  heldBytes(): Promise<number>
  /** All but one. Each frame is told to `onFrame`. */
  crowd: Crowd
  onFrame: (heard: () => void) => void
  /** The last one: he listens to the same, and to what only he is told. */
  lastReader: () => Greeting
  burst(events: number): unknown
  /** Tells the last one so much that his buffers and the server's are full. */
  flood(): Promise<unknown>
}

export interface Result {
  /** Of all deliveries to the others. */
  p50Ms: number
  p99Ms: number
  /** What the server holds at the end, while the last reader is still there. */
  rssMb: number
}

export interface Plan {
  bursts: number
  events: number
  /** Whether the last reader stops reading before it begins. */
  reader: 'READS' | 'IS_STUCK'
}

const FLOOD_MS = 500

export async function play(place: Place, { bursts, events, reader }: Plan): Promise<Result> {
  const { crowd, burst } = place
  const last = await openLightSocket({ ...place.lastReader(), localAddress: '127.0.0.9' })
  if (reader === 'IS_STUCK') last.stall()
  await place.flood()
  await delay(FLOOD_MS)

  const ms = new Float64Array(bursts * events * crowd.sockets.length)
  let heard = 0
  let start = 0
  place.onFrame(() => {
    ms[heard++] = performance.now() - start
  })
  for (let nth = 0; nth < bursts; nth++) {
    const all = crowd.each(events)
    start = performance.now()
    await Promise.all([all, burst(events)])
  }
  const rssMb = (await place.heldBytes()) / 2 ** 20
  last.destroy()
  ms.sort()
  const at = (share: number) => ms[Math.ceil(ms.length * share) - 1] ?? Number.NaN
  return { p50Ms: at(0.5), p99Ms: at(0.99), rssMb }
}
