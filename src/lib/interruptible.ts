/** An async iterator that can be ended from outside, with an error that whoever reads it gets in place of the next value. */
export class Interruptible<T> implements AsyncIterableIterator<T> {
  readonly #source: AsyncIterator<T>
  /** Called once, however it ends. */
  readonly #onEnd: (ended: Interruptible<T>) => void
  #isOver = false
  #failure: Error | null = null
  #fail: ((error: Error) => void) | null = null

  constructor(source: AsyncIterator<T>, onEnd: (ended: Interruptible<T>) => void) {
    this.#source = source
    this.#onEnd = onEnd
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#failure) {
      const error = this.#failure
      this.#failure = null
      return Promise.reject(error)
    }
    if (this.#isOver) return Promise.resolve(DONE)
    return new Promise((resolve, reject) => {
      this.#fail = reject
      this.#source.next().then(
        (result) => {
          this.#fail = null
          if (result.done) this.#end()
          resolve(result)
        },
        (error) => {
          this.#end()
          reject(error)
        },
      )
    })
  }

  async return(): Promise<IteratorResult<T>> {
    this.#end()
    this.#failure = null
    await this.#source.return?.()
    return DONE
  }

  async throw(error: unknown): Promise<never> {
    this.#end()
    await this.#source.return?.()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Once it is over, nothing. */
  interrupt(error: Error): void {
    if (this.#isOver) return
    this.#end()
    if (this.#fail) this.#fail(error)
    else this.#failure = error
    this.#source.return?.().catch(() => undefined)
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#onEnd(this)
  }
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }
