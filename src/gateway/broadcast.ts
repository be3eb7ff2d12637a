/** Outlets of one group that are given the same: each event is kept once for all of them, until one pass over their sockets writes what has come. */
import type { Delivered } from '../delivery/delivered.ts'
import type { OfBroadcast, Otherwise, Outlet, Broadcast as Port } from '../delivery/source.ts'
import type { Flusher } from './flusher.ts'
import { SCRATCH_BYTES } from './frames.ts'
import type { Share } from './share.ts'
import { shareFor, sharesOf, type Taken, waysOf } from './ways.ts'

const PIECE_BYTES = SCRATCH_BYTES

/** What is in it. */
interface Member extends Outlet {
  /** These it writes itself. */
  takeShares(shares: readonly Share[]): void
  /** The same, all executed, are written at once if nothing of its own stands before. Answers how many frames were. */
  writeAll(bodies: readonly Buffer[], shares: readonly Share[]): number
}

export class Broadcast implements Port {
  readonly #group: { shareOf(delivered: Delivered): Share }
  readonly #flusher: Flusher
  readonly #told: OfBroadcast
  /** How many came before each of them. */
  readonly #members = new Map<Member, number>()
  /** Those that are not written yet, in order. */
  #taken: Taken[] = []
  /** How many came before them, and the last of those. */
  #written = 0
  #lastWritten: Delivered | null = null
  #isNoted = false

  constructor(
    group: { shareOf(delivered: Delivered): Share },
    { flusher, told }: { flusher: Flusher; told: OfBroadcast },
  ) {
    this.#group = group
    this.#flusher = flusher
    this.#told = told
  }

  enter(member: Member): void {
    this.#members.set(member, this.#written + this.#taken.length)
  }

  /** It goes on by itself with what is not written yet; one that does not keep up goes without. */
  leave(member: Member): void {
    const from = this.#members.get(member)
    if (from === undefined) return
    this.#members.delete(member)
    const own = member.isOpen ? this.#taken.slice(Math.max(0, from - this.#written)) : []
    const written = from < this.#written ? this.#lastWritten : null
    member.takeShares(own.map((taken) => shareFor(taken, member)))
    this.#told.left(member, own.at(-1)?.delivered ?? written)
  }

  take(delivered: Delivered, otherwise: Otherwise | null = null): void {
    const taken = {
      delivered,
      share: this.#group.shareOf(delivered),
      otherwise: otherwise && this.#sharesOf(otherwise),
    }
    this.#taken.push(taken)
    const executing = sharesOf(taken).filter(({ bytes }) => !bytes)
    for (const share of executing) share.waitsFor(this)
    if (!executing.length) this.drain()
    else if (this.#isNoted) this.#flusher.goesOn()
  }

  #sharesOf(otherwise: Otherwise): Map<Outlet, Share> {
    return new Map([...otherwise].map(([outlet, delivered]) => [outlet, this.#group.shareOf(delivered)]))
  }

  /** A share has been executed. */
  drain(): void {
    if (this.#isNoted) this.#flusher.goesOn()
    else this.#flusher.note(this, this.#members.size)
    this.#isNoted = true
  }

  flush(): number {
    this.#isNoted = false
    let frames = 0
    for (let count = this.#ready(); count; count = this.#ready()) frames += this.#write(count)
    return frames
  }

  /** So many, in order, are executed for everybody. To each socket in pieces: one that does not keep up is found before too much waits for it. */
  #ready(): number {
    let [count, size] = [0, 0]
    for (const taken of this.#taken) {
      const shares = sharesOf(taken)
      size += taken.share.bytes?.length ?? 0
      if (shares.some(({ bytes }) => !bytes) || (count && size > PIECE_BYTES)) break
      count++
    }
    return count
  }

  #write(count: number): number {
    const batch = this.#taken.slice(0, count)
    let frames = 0
    for (const { shares, members } of waysOf(batch, this.#members.keys())) {
      const bodies = shares.flatMap(({ bytes }) => bytes ?? [])
      for (const member of members) {
        const from = this.#members.get(member)
        if (from === undefined) continue // it has left meanwhile
        if (!member.isOpen) this.leave(member)
        else if (from <= this.#written) frames += member.writeAll(bodies, shares)
        else member.takeShares(shares.slice(from - this.#written))
      }
    }
    this.#written += count
    this.#lastWritten = this.#taken.splice(0, count).at(-1)?.delivered ?? null
    return frames
  }
}
