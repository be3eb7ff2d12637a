/**
 * Readers of one hub who have all that it has given, keep up, and are written the same: the hub gives to their lane once, not to each of them. What one of
 * them would get in another way than the others, he hears for himself.
 */
import type { Delivered, Live, Passing } from './delivered.ts'
import type { Broadcast, Outlet } from './source.ts'

export interface LaneReader {
  /** Whether he would be given it as everybody is, and nothing follows from it for him. Asked only of what may be otherwise. */
  hearsAlike(live: Live): boolean
  /** He is on his own again. `last`: the newest that he has got there; null for nothing. */
  leftLane(last: Delivered | null): void
}

export class Lane {
  readonly #broadcast: Broadcast
  readonly #readers = new Map<LaneReader, Outlet>()

  constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0
  }

  /** `left`: he has left it, whoever wished it. */
  enter(reader: LaneReader, outlet: Outlet, left: () => void): void {
    this.#readers.set(reader, outlet)
    this.#broadcast.enter(outlet, (last) => {
      this.#readers.delete(reader)
      left()
      reader.leftLane(last)
    })
  }

  leave(reader: LaneReader): void {
    const outlet = this.#readers.get(reader)
    if (outlet) this.#broadcast.leave(outlet)
  }

  /** Before the hub gives it: whoever is to hear it for himself leaves. */
  makeWay(live: Live): void {
    if (live.isForAll) return
    for (const reader of this.#readers.keys()) if (!reader.hearsAlike(live)) this.leave(reader)
  }

  hear(live: Live): void {
    this.#broadcast.take(live.forConversation)
  }

  overhear(passing: Passing): void {
    this.#broadcast.take(passing.forConversation)
  }
}
