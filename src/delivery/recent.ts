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
  const kept = new LRUCache<Hub, Kept>({ maxSize: MAX_BYTES })
  const keep = (hub: Hub, lives: Kept) => void kept.set(hub, lives, { size: Math.max(1, lives.bytes) })

  return {
    /** The hub has just given it. */
    add(hub: Hub, live: Live): void {
      const lives = kept.get(hub) ?? new Kept()
      const message = messageIn(live.event)
      if (message && live.event.kind !== 'MESSAGE_SENT') lives.change(message)
      lives.push(live)
      keep(hub, lives)
    },

    /** A page of the log: kept where it ends at what is kept already, or at the hub's newest. */
    addPage(hub: Hub, page: readonly Live[]): void {
      const [first, newest] = [page[0]?.event.seq ?? 0, page.at(-1)?.event.seq ?? 0]
      const known = kept.get(hub)?.all() ?? []
      const from = known[0]?.event.seq ?? (hub.last?.seq ?? 0) + 1
      if (first >= from || newest < from - 1) return
      const lives = new Kept()
      for (const live of page) if (live.event.seq < from) lives.push(live)
      // What the hub has given may be newer than the rows that were read.
      for (const { event } of known) if ('message' in event && event.message) lives.change(event.message)
      for (const live of known) lives.push(live)
      keep(hub, lives)
    },

    /** All after that seq; null when not all of them are kept. */
    after(hub: Hub, seq: number): readonly Live[] | null {
      const lives = kept.get(hub)?.all()
      const first = lives?.[0]?.event.seq
      return lives && first !== undefined && seq >= first - 1 ? lives.slice(seq - first + 1) : null
    },

    forget: (hub: Hub): void => void kept.delete(hub),
  }
}

/** Of one hub, without a gap, up to its newest. An event costs the same however many are kept. */
class Kept {
  bytes = 0
  #lives: Live[] = []

  all(): readonly Live[] {
    return this.#lives.slice(-MAX_EVENTS)
  }

  push(live: Live): void {
    this.#lives.push(live)
    this.bytes += bytesOf(live)
    if (this.#lives.length < 2 * MAX_EVENTS) return
    this.#lives = this.#lives.slice(-MAX_EVENTS)
    this.bytes = this.#lives.reduce((sum, each) => sum + bytesOf(each), 0)
  }

  /** What is read later of a message is how it is now: nothing of what was changed or deleted comes again. */
  change(message: Message): void {
    for (const [at, live] of this.#lives.entries()) {
      const before = messageIn(live.event)
      if (before?.id !== message.id || isNewer(before, message)) continue
      this.#lives[at] = new Live({ ...live.event, message } as ChatEvent, live.quotes)
    }
  }
}

const isNewer = (one: Message, other: Message): boolean =>
  (one.deletedAt !== null && other.deletedAt === null) || one.revision > other.revision

const messageIn = (event: ChatEvent): Message | null => ('message' in event ? event.message : null)

function bytesOf({ event }: Live): number {
  const message = messageIn(event)
  return EVENT_BYTES + 2 * (message?.text.length ?? 0) + (message?.metadata ? METADATA_BYTES : 0)
}
