/**
 * An async iterator that ends the moment it is told to, even while it waits for its next value: a bare generator keeps `return()` waiting
 * until it next moves, and whoever waits for that loses his place (a client's next operation under the same id, say).
 * The source winds up behind it; what it still brings, or fails with, is nobody's any more.
 */
export function cancellable<T>(source: AsyncIterator<T>, cancel: () => void): AsyncIterableIterator<T> {
  const done: IteratorResult<T> = { done: true, value: undefined }
  let isOver = false
  let finish: ((result: IteratorResult<T>) => void) | null = null

  function end(): void {
    if (isOver) return
    isOver = true
    cancel()
    finish?.(done)
    source.return?.().catch(() => undefined)
  }

  return {
    next() {
      if (isOver) return Promise.resolve(done)
      return new Promise((resolve, reject) => {
        finish = resolve
        source.next().then(resolve, reject)
      })
    },
    async return() {
      end()
      return done
    },
    async throw(error) {
      end()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
