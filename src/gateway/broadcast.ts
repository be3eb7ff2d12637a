/** Outlets of one group that are given the same: each event is kept once for all of them, until one pass over their sockets writes what has come. */
import type { Delivered } from '../delivery/delivered.ts'
import type { Outlet, Broadcast as Port } from '../delivery/source.ts'
import type { Flusher } from './flusher.ts'
import { SCRATCH_BYTES } from './frames.ts'
import type { Share } from './share.ts'

const PIECE_BYTES = SCRATCH_BYTES

/** What is in it. */
interface Member extends Outlet {
  /** These it writes itself. */
  takeShares(shares: readonly Share[]): void
  /** The same, all executed, are written at once if nothing of its own stands before. Answers how many frames were. */
  writeAll(bodies: readonly Buffer[], shares: readonly Share[]): number
}

/** Since when it is in it, and who is told when it leaves. */
interface Membership {
  from: number
  left: (last: Delivered | null) => void
}

interface Taken {
  delivered: Delivered
  share: Share
}

export class Broadcast implements Port {
  readonly #shareOf: (delivered: Delivered) => Share
  readonly #flusher: Flusher
  readonly #members = new Map<Member, Membership>()
  /** Those that are not written yet, in order. */
  #taken: Taken[] = []
  /** How many came before them, and the last of those. */
  #written = 0
  #lastWritten: Delivered | null = null
  #isNoted = false

  constructor(shareOf: (delivered: Delivered) => Share, flusher: Flusher) {
    this.#shareOf = shareOf
    this.#flusher = flusher
  }

  enter(member: Member, left: Membership['left']): void {
    this.#members.set(member, { from: this.#written + this.#taken.length, left })
  }

  /** It goes on by itself with what is not written yet; one that does not keep up goes without. */
  leave(member: Member): void {
    const membership = this.#members.get(member)
    if (!membership) return
    this.#members.delete(member)
    const { from, left } = membership
    const own = member.isOpen ? this.#taken.slice(Math.max(0, from - this.#written)) : []
    const written = from < this.#written ? this.#lastWritten : null
    member.takeShares(own.map(({ share }) => share))
    left(own.at(-1)?.delivered ?? written)
  }

  take(delivered: Delivered): void {
    const share = this.#shareOf(delivered)
    this.#taken.push({ delivered, share })
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
    let frames = 0
    for (let bodies = this.#ready(); bodies.length; bodies = this.#ready()) frames += this.#write(bodies)
    return frames
  }

  /** To each socket in pieces: one that does not keep up is found before too much waits for it. */
  #ready(): Buffer[] {
    const bodies: Buffer[] = []
    let size = 0
    for (const { share } of this.#taken) {
      const { bytes } = share
      size += bytes?.length ?? 0
      if (!bytes || (bodies.length && size > PIECE_BYTES)) break
      bodies.push(bytes)
    }
    return bodies
  }

  #write(bodies: readonly Buffer[]): number {
    const shares = this.#taken.slice(0, bodies.length).map(({ share }) => share)
    let frames = 0
    for (const [member, { from }] of this.#members) {
      if (!member.isOpen) this.leave(member)
      else if (from <= this.#written) frames += member.writeAll(bodies, shares)
      else member.takeShares(shares.slice(from - this.#written))
    }
    this.#written += shares.length
    this.#lastWritten = this.#taken.splice(0, shares.length).at(-1)?.delivered ?? null
    return frames
  }
}
