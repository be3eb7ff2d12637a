/** Passes on what comes under a key at most once in so many ms: the first at once, and of those that follow meanwhile one, when the time is over. */

export interface NewestByKey<T> {
  put(key: string, value: T): void
}

interface Options<T> {
  everyMs: number
  give: (value: T) => void
  /** What two that wait under one key make together. */
  merge: (older: T, newer: T) => T
}

/** Holds the keys of the last `everyMs` and no others. */
export function newestByKey<T>({ everyMs, give, merge }: Options<T>): NewestByKey<T> {
  const waiting = new Map<string, { value: T } | null>()

  function giveNow(key: string, value: T): void {
    waiting.set(key, null)
    setTimeout(() => turn(key), everyMs).unref()
    give(value)
  }

  function turn(key: string): void {
    const next = waiting.get(key)
    if (next) giveNow(key, next.value)
    else waiting.delete(key)
  }

  return {
    put(key, value) {
      const before = waiting.get(key)
      if (before === undefined) giveNow(key, value)
      else waiting.set(key, { value: before ? merge(before.value, value) : value })
    },
  }
}
