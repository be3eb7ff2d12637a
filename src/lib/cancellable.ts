/** An async generator that can be ended while it waits: a bare one keeps `return()` waiting until it next moves, and its listeners with it. */
export function cancellable<T>(
  generator: AsyncGenerator<T, void, undefined>,
  cancel: () => void,
): AsyncIterableIterator<T> {
  return {
    next: () => generator.next(),
    return: () => {
      cancel()
      return generator.return()
    },
    throw: (error) => {
      cancel()
      return generator.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
