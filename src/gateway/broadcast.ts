/** Outlets of one group that are given the same: each event is kept once for all of them, until one pass over their sockets writes what has come. */
import type { Delivered } from '../delivery/delivered.ts'
import type { Outlet, Broadcast as Port } from '../delivery/source.ts'
import type { Flusher } from './flusher.ts'
import type { Share } from './share.ts'

/** What is in it. */
interface Member extends Outlet {
  /** The broadcast has taken so many when it comes in: what is taken from then on is for it. */
  joined(at: number): void
  /** Those that are for it, from `first` on, it writes itself. */
  takeShares(shares: readonly Share[], first: number): void
  /** The same, all executed, are written at once if nothing of its own stands before. Answers how many frames were. */
  writeAll(bodies: readonly Buffer[], shares: readonly Share[], first: number): number
}

export class Broadcast implements Port {
  readonly #shareOf: (delivered: Delivered) => Share
  readonly #flusher: Flusher
  readonly #members = new Map<Member, () => void>()
  /** Those that are not written yet, in order. */
  #shares: Share[] = []
  /** How many came before them. */
  #written = 0
  #isNoted = false

  constructor(shareOf: (delivered: Delivered) => Share, flusher: Flusher) {
    this.#shareOf = shareOf
    this.#flusher = flusher
  }

  enter(member: Member, left: () => void): void {
    this.#members.set(member, left)
    member.joined(this.#written + this.#shares.length)
  }

  /** It goes on by itself, with what is not written yet. */
  leave(member: Member): void {
    const left = this.#members.get(member)
    if (!left) return
    this.#members.delete(member)
    member.takeShares(this.#shares, this.#written)
    left()
  }

  take(delivered: Delivered): void {
    const share = this.#shareOf(delivered)
    this.#shares.push(share)
    if (share.bytes) this.drain()
    else share.waitsFor(this)
  }

  /** A share has been executed. */
  drain(): void {
    if (this.#isNoted) return
    this.#isNoted = true
    this.#flusher.note(this, this.#members.size)
  }

  flush(): number {
    this.#isNoted = false
    const bodies = this.#ready()
    if (!bodies.length) return 0
    const [shares, from] = [this.#shares.splice(0, bodies.length), this.#written]
    this.#written += bodies.length
    let frames = 0
    for (const member of this.#members.keys()) {
      frames += member.writeAll(bodies, shares, from)
      if (!member.isOpen) this.leave(member)
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
