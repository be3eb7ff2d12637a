/** One subscription on one socket: its events in order, each as its group shares it, under the client's own id. */
import type { Delivered } from '../delivery/delivered.ts'
import type { Broadcast, OfBroadcast, Outlet } from '../delivery/source.ts'
import type { Group } from './groups.ts'
import type { Outbox } from './outbox.ts'
import type { Share } from './share.ts'

/** So many of one reader are executed at the same time. */
const MOST_AT_ONCE = 64

interface Options {
  outbox: Outbox
  group: Group
  /** The client's own. */
  id: string
}

export class Sink implements Outlet {
  readonly group: Group
  readonly #outbox: Outbox
  /** The beginning of each of its frames. */
  readonly #head: Buffer
  /** Those that are executed just now, and those behind them. */
  #shares: Share[] = []
  /** How many of them are written. */
  #written = 0
  #settled: (() => void) | null = null
  #isClosed = false

  constructor({ outbox, group, id }: Options) {
    this.#outbox = outbox
    this.group = group
    this.#head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`)
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.#outbox.isOpen
  }

  broadcast(told: OfBroadcast): Broadcast {
    return this.group.broadcast(this.#outbox.flusher, told)
  }

  take(delivered: Delivered): void {
    this.#takeShare(this.group.shareOf(delivered))
  }

  #takeShare(share: Share): void {
    if (share.bytes && this.#shares.length === 0) this.#write(share.bytes)
    else {
      this.#shares.push(share)
      if (!share.bytes) share.waitsFor(this)
    }
  }

  /** Resolves when there is room for more: at the pace of its reader. */
  async give(delivered: Delivered): Promise<void> {
    this.take(delivered)
    if (this.#shares.length - this.#written >= MOST_AT_ONCE) await this.settled()
    if (!this.#outbox.isOpen) await this.#outbox.whenOpen()
  }

  /** Resolves when all that was taken has been written. */
  async settled(): Promise<void> {
    while (this.#shares.length && !this.#isClosed) await new Promise<void>((resolve) => (this.#settled = resolve))
  }

  /** Of its broadcast, which it leaves or was late for. */
  takeShares(shares: readonly Share[]): void {
    for (const share of shares) this.#takeShare(share)
  }

  /** The same, all executed: written at once, unless there is something of its own before. Answers how many frames were. */
  writeAll(bodies: readonly Buffer[], shares: readonly Share[]): number {
    if (this.#isClosed) return 0
    if (this.#shares.length === 0) return this.#outbox.writeAll(this.#head, bodies)
    this.takeShares(shares)
    return 0
  }

  /** A share has been executed. */
  drain(): void {
    const shares = this.#shares
    let at = this.#written
    for (; at < shares.length; at++) {
      const bytes = shares[at]?.bytes
      if (!bytes) break
      this.#write(bytes)
    }
    this.#written = at
    if (at < shares.length) return
    shares.length = 0
    this.#written = 0
    this.#settled?.()
  }

  /** Nothing is written any more. */
  close(): void {
    this.#isClosed = true
    this.#settled?.()
  }

  #write(body: Buffer): void {
    if (!this.#isClosed) this.#outbox.add({ head: this.#head, body })
  }
}
