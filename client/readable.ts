/** A value that changes: what all of the kit's state is shown by. */

export interface Readable<T> {
  /** The same object until it changes. */
  get(): T
  /** Calls with each new value; answers the function that ends it. */
  subscribe(listener: (value: T) => void): () => void
}

export interface Writable<T> extends Readable<T> {
  set(value: T): void
}

/** `observed` is called when the first listener comes, and what it answers when the last one has gone. */
export function writable<T>(initial: T, observed?: () => () => void): Writable<T> {
  const listeners = new Set<(value: T) => void>()
  let value = initial
  let unobserved = () => {}
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener(value)
    },
    subscribe(given) {
      const listener = (next: T) => given(next) // the same function may listen twice
      listeners.add(listener)
      if (listeners.size === 1) unobserved = observed?.() ?? (() => {})
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) unobserved()
      }
    },
  }
}
