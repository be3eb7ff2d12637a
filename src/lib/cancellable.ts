/**
 * An async iterator that ends the moment it is told to, even while it waits for its next value: a bare generator keeps `return()` waiting
 * until it next moves, and whoever waits for that loses his place (a client's next operation under the same id, say).
 * The source winds up behind it; what it still brings, or fails with, is nobody's any more.
 */
export class Cancellable<T> implements AsyncIterableIterator<T> {
  readonly #source: AsyncIterator<T>
  readonly #cancel: () => void
  #isOver = false
  #finish: ((result: IteratorResult<T>) => void) | null = null

  constructor(source: AsyncIterator<T>, cancel: () => void) {
    this.#source = source
    this.#cancel = cancel
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#isOver) return Promise.resolve(DONE)
    return new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#source.next().then(resolve, reject)
    })
  }

  async return(): Promise<IteratorResult<T>> {
    this.#end()
    return DONE
  }

  async throw(error: unknown): Promise<never> {
    this.#end()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#cancel()
    this.#finish?.(DONE)
    this.#source.return?.().catch(() => undefined)
  }
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }
