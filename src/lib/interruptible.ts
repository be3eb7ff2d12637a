/** An async iterator that can be ended from outside, with an error that whoever reads it gets in place of the next value. */

export interface Interruptible<T> {
  iterator: AsyncIterableIterator<T>
  /** Once it is over, nothing. */
  interrupt(error: Error): void
}

/** `onEnd` is called once, however it ends. */
export function interruptible<T>(source: AsyncIterator<T>, onEnd: () => void): Interruptible<T> {
  const done: IteratorResult<T> = { done: true, value: undefined }
  let isOver = false
  let failure: Error | null = null
  let fail: ((error: Error) => void) | null = null

  function end(): void {
    if (isOver) return
    isOver = true
    onEnd()
  }
  const settled = (result: IteratorResult<T>): IteratorResult<T> => {
    fail = null
    if (result.done) end()
    return result
  }
  const failed = (error: unknown): never => {
    end()
    throw error
  }

  return {
    iterator: {
      next() {
        if (failure) {
          const error = failure
          failure = null
          return Promise.reject(error)
        }
        if (isOver) return Promise.resolve(done)
        return new Promise((resolve, reject) => {
          fail = reject
          source.next().then(settled, failed).then(resolve, reject)
        })
      },
      async return() {
        end()
        failure = null
        await source.return?.()
        return done
      },
      async throw(error) {
        end()
        await source.return?.()
        throw error
      },
      [Symbol.asyncIterator]() {
        return this
      },
    },
    interrupt(error) {
      if (isOver) return
      end()
      if (fail) fail(error)
      else failure = error
      source.return?.().catch(() => undefined)
    },
  }
}
