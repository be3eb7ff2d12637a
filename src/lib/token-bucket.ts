/** So many a second, with a burst. Whoever comes too early is told when it is his turn, each another moment, so that those refused together do not come back together. */

/** Beyond it nobody is sent away. */
const MAX_WAIT_MS = 30_000

interface Options {
  perSecond: number
  burst: number
  now: () => number
}

/** A class: each socket has two. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  readonly #now: () => number
  #tokens: number
  /** Turns that were told to others and have not come yet. */
  #promised = 0
  #at: number

  constructor({ perSecond, burst, now }: Options) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#now = now
    this.#tokens = burst
    this.#at = now()
  }

  /** 0: taken. Else the milliseconds after which to come again. */
  take(): number {
    const now = this.#now()
    const gained = (Math.max(0, now - this.#at) * this.#perSecond) / 1_000
    this.#at = now
    this.#tokens = Math.min(this.#burst, this.#tokens + gained)
    this.#promised = Math.max(0, this.#promised - gained)
    if (this.#tokens >= 1) {
      this.#tokens--
      return 0
    }
    this.#promised = Math.min(this.#promised + 1, (MAX_WAIT_MS * this.#perSecond) / 1_000)
    return Math.max(1, Math.ceil((this.#promised * 1_000) / this.#perSecond))
  }
}
