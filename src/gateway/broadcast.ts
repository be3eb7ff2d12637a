/** Sinks of one group that are given the same: each event is kept once for all of them, until one pass over their sockets writes what has come. */
import type { Delivered } from '../delivery/delivered.ts'
import type { Broadcast as Port } from '../delivery/source.ts'
import type { Flusher } from './flusher.ts'
import type { Group, Share } from './groups.ts'
import type { Sink } from './sink.ts'

export class Broadcast implements Port {
  readonly #group: Group
  readonly #flusher: Flusher
  readonly #sinks = new Map<Sink, () => void>()
  /** Those that are not written yet, in order. */
  #shares: Share[] = []
  /** How many came before them. */
  #written = 0

  constructor(group: Group, flusher: Flusher) {
    this.#group = group
    this.#flusher = flusher
  }

  enter(sink: Sink, left: () => void): void {
    this.#sinks.set(sink, left)
    sink.joined(this.#written + this.#shares.length)
  }

  /** It goes on by itself, with what is not written yet. */
  leave(sink: Sink): void {
    const left = this.#sinks.get(sink)
    if (!left) return
    this.#sinks.delete(sink)
    sink.takeShares(this.#shares, this.#written)
    left()
  }

  take(delivered: Delivered): void {
    const share = this.#group.shareOf(delivered)
    this.#shares.push(share)
    if (share.bytes) this.drain()
    else share.waitsFor(this)
  }

  /** A share has been executed. */
  drain(): void {
    this.#flusher.note(this, this.#sinks.size)
  }

  flush(): number {
    const bodies = this.#ready()
    if (!bodies.length) return 0
    const [shares, from] = [this.#shares.splice(0, bodies.length), this.#written]
    this.#written += bodies.length
    let frames = 0
    for (const sink of this.#sinks.keys()) {
      frames += sink.writeAll(bodies, shares, from)
      if (!sink.isOpen) this.leave(sink)
    }
    return frames
  }

  #ready(): Buffer[] {
    const bodies: Buffer[] = []
    for (const { bytes } of this.#shares) {
      if (!bytes) break
      bodies.push(bytes)
    }
    return bodies
  }
}
