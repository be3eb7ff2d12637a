/**
 * Writes what came for any socket of this node. A call of the system is what a delivery costs, so a fan-out to many waits for what comes next about as long
 * as its writing takes, longer while more keeps coming, and is not begun again at once when it is done: a node under load calls the system less often, not more.
 */

/** What one call of the system takes. */
const WRITE_MS = 0.02
/** For what comes alone: nobody notices it. */
const MOST_FIRST_WAIT_MS = 25
/** A timer is no finer. */
const LEAST_WAIT_MS = 1
/** What is spread over some time is waited for as long as there was no pause of so much of the first wait, and so many first waits at most. */
const PAUSE = 0.5
const MOST_FIRST_WAITS = 2.5
/** However many they are. */
const MOST_WAIT_MS = 50
/** After a flush so many times as long as it took, but no longer than that: with a longer one what comes now and then waits for nothing. */
const REST = 2
const MOST_REST_MS = 25

export interface Flushable {
  /** Nothing happens when it has been written meanwhile. Answers how many frames it wrote. */
  flush(): number
}

export class Flusher {
  #noted: Flushable[] = []
  #writes = 0
  #isPlanned = false
  #plannedAt = 0
  #newestAt = 0
  #notBefore = 0
  readonly #told: (frames: number) => void

  constructor(told: (frames: number) => void) {
    this.#told = told
  }

  /** `writes`: how many calls of the system it is. */
  note(waiting: Flushable, writes: number): void {
    this.#noted.push(waiting)
    this.#writes += writes
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#plannedAt = performance.now()
    this.#newestAt = this.#plannedAt
    setImmediate(() => this.#plan())
  }

  /** More came for one that is noted already, or is about to. */
  goesOn(): void {
    this.#newestAt = performance.now()
  }

  /** All that came in this turn of the event loop is noted by now. */
  #plan(): void {
    const waitMs = Math.max(this.#firstWaitMs(), this.#notBefore - performance.now())
    if (waitMs < LEAST_WAIT_MS) this.#flush()
    else setTimeout(() => this.#look(), waitMs)
  }

  #look(): void {
    const now = performance.now()
    const pauseMs = this.#firstWaitMs() * PAUSE
    const mostMs = Math.min(this.#firstWaitMs() * MOST_FIRST_WAITS, MOST_WAIT_MS)
    const waitMs = Math.min(this.#newestAt + pauseMs, this.#plannedAt + mostMs) - now
    if (waitMs < LEAST_WAIT_MS) this.#flush()
    else setTimeout(() => this.#look(), waitMs)
  }

  #firstWaitMs(): number {
    return Math.min(this.#writes * WRITE_MS, MOST_FIRST_WAIT_MS)
  }

  #flush(): void {
    const start = performance.now()
    const noted = this.#noted
    this.#noted = []
    this.#writes = 0
    this.#isPlanned = false
    let frames = 0
    for (const waiting of noted) frames += waiting.flush()
    const end = performance.now()
    this.#notBefore = end + Math.min((end - start) * REST, MOST_REST_MS)
    this.#told(frames)
  }
}
