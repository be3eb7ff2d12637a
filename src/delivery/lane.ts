/**
 * Readers of one hub who have all that it has given, keep up, and are written the same: the hub gives to their lane once, not to each of them. Some may get
 * another thing in its stead; what takes a look for one of them first, he hears for himself.
 */
import { alikeFrom } from './alike.ts'
import type { Delivered, Live, Passing } from './delivered.ts'
import type { Broadcast, Otherwise, Outlet } from './source.ts'

export interface LaneReader {
  /** Where he is given what comes there; null as long as there is none. */
  readonly outlet: Outlet | null
  /** In which he is; written by the lane alone. */
  lane: Lane | null
  /** Nothing that came there and after it is kept from him (`alike.ts`). Stays so while he is in a lane. */
  readonly seesFrom: number
  /** What he is given of it. null: he has to look, or something follows from it for him. Asked only of what may be otherwise for him. */
  inLane(live: Live): Delivered | null
  /** He is on his own again. `last`: the newest that he has got there; null for nothing. */
  leftLane(last: Delivered | null): void
}

/** Who is told that a reader has left a lane, whoever wished it. */
export interface OfLanes {
  left(reader: LaneReader, lane: Lane): void
}

export class Lane {
  /** What its outlets have in common. */
  readonly group: object
  readonly #broadcast: Broadcast
  readonly #readers = new Map<Outlet, LaneReader>()
  readonly #told: OfLanes
  /** Of the event that the hub is about to give. */
  #otherwise: Otherwise | null = null

  /** For outlets of the group of that one. */
  constructor(outlet: Outlet, told: OfLanes) {
    this.group = outlet.group
    this.#broadcast = outlet.broadcast(this)
    this.#told = told
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0
  }

  enter(reader: LaneReader, outlet: Outlet): void {
    reader.lane = this
    this.#readers.set(outlet, reader)
    this.#broadcast.enter(outlet)
  }

  leave({ outlet }: LaneReader): void {
    if (outlet && this.#readers.has(outlet)) this.#broadcast.leave(outlet)
  }

  /** Its broadcast says so. */
  left(outlet: Outlet, last: Delivered | null): void {
    const reader = this.#readers.get(outlet)
    if (!reader) return
    this.#readers.delete(outlet)
    reader.lane = null
    this.#told.left(reader, this)
    reader.leftLane(last)
  }

  /** Before the hub gives it: whoever is to hear it for himself leaves. */
  makeWay(live: Live): void {
    if (live.isForAll) return
    const otherwise = new Map<Outlet, Delivered>()
    const from = alikeFrom(live.event, live.quotes)
    for (const [outlet, reader] of this.#readers) {
      if (reader.seesFrom <= from) continue
      const given = reader.inLane(live)
      if (!given) this.leave(reader)
      else if (given !== live.forConversation) otherwise.set(outlet, given)
    }
    this.#otherwise = otherwise.size ? otherwise : null
  }

  hear(live: Live): void {
    this.#broadcast.take(live.forConversation, this.#otherwise)
    this.#otherwise = null
  }

  overhear(passing: Passing): void {
    this.#broadcast.take(passing.forConversation)
  }
}
