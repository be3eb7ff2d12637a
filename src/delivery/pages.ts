/**
 * Pages of one stream for those who come back to it: from what is kept of its hub, else by one read for all who ask at the same time, wherever in the
 * stream they are. A storm of resumes costs a read a page, not a read a socket.
 */
import { Live } from './delivered.ts'
import type { Hub } from './hub.ts'
import { type Log, PAGE, type Read } from './log.ts'
import type { Recent } from './recent.ts'

export interface Page {
  lives: readonly Live[]
  /** Whether it reaches what its reader's hub had given when the page was asked for. */
  isLast: boolean
}

interface Dependencies {
  log: Log
  recent: Recent
  /** Whether an answer of that life of the database may be kept. */
  lives: (epoch: bigint | null) => boolean
  epoch: () => bigint | null
}

interface Reading {
  /** Fixed once it is under way. */
  from: number
  isUnderWay: boolean
  page: Promise<Read<Page>>
}

export function createPages({ log, recent, lives, epoch }: Dependencies) {
  const readings = new Map<Hub, Reading>()

  /**
   * Everybody who asks in this tick shares it, from the least seq on; and whoever asks while it is under way, and is not before that. What is stored
   * meanwhile the hub gives to all of them; what the hub had given before one asked, and the page does not reach, he asks for again.
   */
  function share(hub: Hub, seq: number): Promise<Read<Page>> {
    const known = readings.get(hub)
    if (known && !known.isUnderWay) known.from = Math.min(known.from, seq)
    if (known && known.from <= seq) return known.page
    const reading: Reading = {
      from: seq,
      isUnderWay: false,
      page: new Promise(setImmediate).then(() => read(hub, reading)),
    }
    readings.set(hub, reading)
    return reading.page
  }

  async function read(hub: Hub, reading: Reading): Promise<Read<Page>> {
    reading.isUnderWay = true
    const { tenantId, streamId } = hub
    const answer = await log.after([{ tenantId, streamId, seq: reading.from }]).finally(() => {
      if (readings.get(hub) === reading) readings.delete(hub)
    })
    const page = answer.events.map((event) => new Live(event))
    if (lives(answer.epoch)) recent.addPage(hub, page)
    return { epoch: answer.epoch, lives: page, isLast: page.length < PAGE }
  }

  /** As the rows are: nothing that is shared tells what was deleted for one alone. */
  async function own(hub: Hub, seq: number): Promise<Read<Page>> {
    const { epoch, events } = await log.after([{ tenantId: hub.tenantId, streamId: hub.streamId, seq }])
    return { epoch, lives: events.map((event) => new Live(event)), isLast: events.length < PAGE }
  }

  return {
    /** The next events after that seq; `isOwn`: for one who has deleted any of its messages for himself. */
    async after(hub: Hub, { seq, isOwn }: { seq: number; isOwn: boolean }): Promise<Read<Page>> {
      if (isOwn) return own(hub, seq)
      // Where the hub itself is, nothing is stored that it has not given, or will not give.
      const kept = hub.last && seq >= hub.last.seq ? [] : recent.after(hub, seq)
      if (kept) return { epoch: epoch(), lives: kept, isLast: true }
      const until = hub.last?.seq ?? 0
      const page = await share(hub, seq)
      const rest = page.lives.filter(({ event }) => event.seq > seq)
      const reached = page.lives.at(-1)?.event.seq ?? seq
      return { epoch: page.epoch, lives: rest, isLast: page.isLast && reached >= until }
    },
  }
}
