/** The readers of one stream on this node, and how far they have been told. */
import type { ChatEvent, Ephemeral, Place } from '../events.ts'
import type { Uuid } from '../model.ts'
import { Live, Passing } from './delivered.ts'
import type { LaneReader, OfLanes } from './lane.ts'
import { Lanes } from './lanes.ts'
import type { StreamName } from './log.ts'
import { Quotes } from './quotes.ts'

export interface Reader {
  readonly tenantId: Uuid
  /** Each event of the hub in order, without a gap from the moment of joining. Must not throw and must not block. */
  hear(live: Live): void
  /** What passes by, heard right after the event at that place. It may be dropped. */
  overhear(passing: Passing): void
  /** What it was given last in each stream, and what it waits for because it is let in by that: checked when the database is found to live another life. */
  given(): (StreamName & Place)[]
  /** Still giving history: what it has read may be of a life that is over. */
  readonly isReplaying: boolean
  /** Ends the operation with ResyncRequired. */
  resync(): void
}

/** More than swapped neighbours are: past it the log is read. */
const MOST_EARLY = 64

/** What became of an event that was offered. */
export type Offered = 'GIVEN' | 'KNOWN' | 'AFTER_A_HOLE'

export class Hub implements StreamName, OfLanes {
  readonly tenantId: Uuid
  readonly streamId: Uuid
  /** The newest event given. null while the hub does not know its stream's head yet. */
  last: Place | null = null

  readonly #readers = new Set<Reader>()
  /** Those in no lane; null for none. */
  #alone: Set<Reader> | null = null
  readonly #lanes = new Lanes(this)
  /** What came too early; null for nothing. */
  #early: Map<number, ChatEvent> | null = null
  readonly #quotes = new Quotes()
  readonly #given: (hub: Hub, live: Live) => void

  constructor({ tenantId, streamId }: StreamName, given: (hub: Hub, live: Live) => void = () => undefined) {
    this.tenantId = tenantId
    this.streamId = streamId
    this.#given = given
  }

  /** Its stream’s head, as somebody has read it since it listens: the first one counts, since all that came after it is given. Answers where he stands who has read it. */
  begin(head: Place): Place {
    this.last ??= head
    return this.last.seq > head.seq ? this.last : head
  }

  get readers(): ReadonlySet<Reader> {
    return this.#readers
  }

  join(reader: Reader): void {
    this.#readers.add(reader)
    this.#addToAlone(reader)
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader)
    this.#takeFromAlone(reader)
  }

  /** From now on his outlet itself gets what he would hear. Only for one who has all that was given. */
  enterLane(reader: Reader & LaneReader): void {
    const { outlet } = reader
    if (outlet && this.#takeFromAlone(reader)) this.#lanes.enter(reader, outlet)
  }

  /** A lane says so. */
  left(reader: Reader & LaneReader): void {
    if (this.#readers.has(reader)) this.#addToAlone(reader)
  }

  #addToAlone(reader: Reader): void {
    this.#alone ??= new Set()
    this.#alone.add(reader)
  }

  /** Answers whether he was. */
  #takeFromAlone(reader: Reader): boolean {
    const was = this.#alone?.delete(reader) === true
    if (!this.#alone?.size) this.#alone = null
    return was
  }

  /** What comes after a hole is kept for a while: the hole may fill itself. */
  offer(event: ChatEvent): Offered {
    if (!this.last) return 'AFTER_A_HOLE'
    if (event.seq <= this.last.seq) return 'KNOWN'
    if (event.seq > this.last.seq + 1) {
      this.#early ??= new Map()
      if (this.#early.size < MOST_EARLY) this.#early.set(event.seq, event)
      return 'AFTER_A_HOLE'
    }
    this.#give(event)
    for (let next = this.#takeEarly(); next; next = this.#takeEarly()) this.#give(next)
    return 'GIVEN'
  }

  /** Another life of the database has its own. */
  forgetEarly(): void {
    this.#early = null
  }

  #takeEarly(): ChatEvent | undefined {
    const early = this.#early
    if (!early) return undefined
    const seq = (this.last?.seq ?? 0) + 1
    const event = early.get(seq)
    for (const each of early.keys()) if (each <= seq) early.delete(each)
    if (!early.size) this.#early = null
    return event
  }

  #give(event: ChatEvent): void {
    if ('message' in event && event.message) this.#quotes.hear(event.message)
    const live = new Live(event, this.#quotes)
    this.#lanes.makeWay(live)
    const alone = [...(this.#alone ?? [])]
    this.last = live.place
    this.#given(this, live)
    this.#lanes.hear(live)
    for (const reader of alone) reader.hear(live)
  }

  pass(ephemeral: Ephemeral): void {
    if (!this.last || ephemeral.kind !== 'RECEIPTS_ADVANCED') return
    const passing = new Passing(ephemeral, this.last)
    const alone = [...(this.#alone ?? [])]
    this.#lanes.overhear(passing)
    for (const reader of alone) reader.overhear(passing)
  }
}
