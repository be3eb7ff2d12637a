/**
 * The newest events of the hubs that follow, as their rows are now: what most of those ask for who come back, without the database. Bounded over
 * all hubs of the node; those that were asked least recently are forgotten first. The same objects as were given live: what was computed from them is shared.
 */
import { LRUCache } from 'lru-cache'
import type { ChatEvent } from '../events.ts'
import type { Message } from '../model.ts'
import { Live } from './delivered.ts'
import type { Hub } from './hub.ts'

/** As many as a page of the log. */
const MAX_EVENTS = 300
const MAX_BYTES = 64 * 1_048_576
/** Of an event besides its text: its own fields, and what was computed from it. */
const EVENT_BYTES = 2_048
const METADATA_BYTES = 8_192

export type Recent = ReturnType<typeof createRecent>

export function createRecent() {
  /** Of each hub without a gap, up to its newest. */
  const kept = new LRUCache<Hub, Live[]>({ maxSize: MAX_BYTES, sizeCalculation: bytesOf })

  function keep(hub: Hub, lives: Live[]): void {
    kept.set(hub, lives.slice(-MAX_EVENTS))
  }

  return {
    /** The hub has just given it. */
    add(hub: Hub, live: Live): void {
      const before = kept.get(hub) ?? []
      const message = messageIn(live.event)
      keep(hub, [...(message && live.event.kind !== 'MESSAGE_SENT' ? asNow(before, message) : before), live])
    },

    /** A page of the log: kept where it ends at what is kept already, or at the hub's newest. */
    addPage(hub: Hub, page: readonly Live[]): void {
      const [first, newest] = [page[0]?.event.seq ?? 0, page.at(-1)?.event.seq ?? 0]
      const known = kept.get(hub) ?? []
      const from = known[0]?.event.seq ?? (hub.last?.seq ?? 0) + 1
      if (first >= from || newest < from - 1) return
      // What the hub has given may be newer than the rows that were read.
      const older = page.filter(({ event }) => event.seq < from)
      keep(hub, [...known.flatMap(({ event }) => messageIn(event) ?? []).reduce(asNow, older), ...known])
    },

    /** All after that seq; null when not all of them are kept. */
    after(hub: Hub, seq: number): readonly Live[] | null {
      const lives = kept.get(hub)
      const first = lives?.[0]?.event.seq
      return lives && first !== undefined && seq >= first - 1 ? lives.slice(seq - first + 1) : null
    },

    forget: (hub: Hub): void => void kept.delete(hub),
  }
}

/** What is read later of a message is how it is now: nothing of what was changed or deleted comes again. */
const asNow = (lives: readonly Live[], message: Message): Live[] =>
  lives.map((live) => {
    const before = messageIn(live.event)
    const isOther = before?.id !== message.id || isNewer(before, message)
    return isOther ? live : new Live({ ...live.event, message } as ChatEvent, live.quotes)
  })

const isNewer = (one: Message, other: Message): boolean =>
  (one.deletedAt !== null && other.deletedAt === null) || one.revision > other.revision

const messageIn = (event: ChatEvent): Message | null => ('message' in event ? event.message : null)

function bytesOf(lives: readonly Live[]): number {
  let bytes = 1
  for (const { event } of lives) {
    const message = messageIn(event)
    bytes += EVENT_BYTES + 2 * (message?.text.length ?? 0) + (message?.metadata ? METADATA_BYTES : 0)
  }
  return bytes
}
