/**
 * Readers of one hub who have all that it has given, keep up, and are written the same: the hub gives to their lane once, not to each of them. Some may get
 * another thing in its stead; what takes a look for one of them first, he hears for himself.
 */
import { alikeFrom } from './alike.ts'
import type { Delivered, Live, Passing } from './delivered.ts'
import type { Broadcast, Otherwise, Outlet } from './source.ts'

export interface LaneReader {
  /** Nothing that came there and after it is kept from him (`alike.ts`). Stays so while he is in a lane. */
  readonly seesFrom: number
  /** What he is given of it. null: he has to look, or something follows from it for him. Asked only of what may be otherwise for him. */
  inLane(live: Live): Delivered | null
  /** He is on his own again. `last`: the newest that he has got there; null for nothing. */
  leftLane(last: Delivered | null): void
}

interface Place {
  readonly outlet: Outlet
  readonly seesFrom: number
}

export class Lane {
  readonly #broadcast: Broadcast
  readonly #readers = new Map<LaneReader, Place>()
  /** Of the event that the hub is about to give. */
  #otherwise: Otherwise | null = null

  constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0
  }

  /** `left`: he has left it, whoever wished it. */
  enter(reader: LaneReader, outlet: Outlet, left: () => void): void {
    this.#readers.set(reader, { outlet, seesFrom: reader.seesFrom })
    this.#broadcast.enter(outlet, (last) => {
      this.#readers.delete(reader)
      left()
      reader.leftLane(last)
    })
  }

  leave(reader: LaneReader): void {
    const place = this.#readers.get(reader)
    if (place) this.#broadcast.leave(place.outlet)
  }

  /** Before the hub gives it: whoever is to hear it for himself leaves. */
  makeWay(live: Live): void {
    if (live.isForAll) return
    const otherwise = new Map<Outlet, Delivered>()
    const from = alikeFrom(live.event, live.quotes)
    for (const [reader, { outlet, seesFrom }] of this.#readers) {
      if (seesFrom <= from) continue
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
