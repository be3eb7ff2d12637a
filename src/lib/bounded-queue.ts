/** A queue between one pusher and one taker that holds so many items and no more. */
export class BoundedQueue<T> {
  readonly #limit: number
  #items: T[] = []
  #head = 0
  #awake = false
  #waiting: (() => void) | null = null

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#items.length - this.#head
  }

  /** false when it is full: the item was not taken in. */
  push(item: T): boolean {
    if (this.size >= this.#limit) return false
    this.#items.push(item)
    this.wake()
    return true
  }

  shift(): T | undefined {
    if (!this.size) return undefined
    const item = this.#items[this.#head++]
    if (!this.size || this.#head > 1_024) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }

  clear(): void {
    this.#items = []
    this.#head = 0
  }

  /** Resolves at once when something waits or `wake` was called since the last time, else at the next push or wake. */
  changed(): Promise<void> {
    if (!this.#awake && !this.size) return new Promise((resolve) => (this.#waiting = resolve))
    this.#awake = false
    return Promise.resolve()
  }

  wake(): void {
    if (this.#waiting) this.#waiting()
    else this.#awake = true
    this.#waiting = null
  }
}
