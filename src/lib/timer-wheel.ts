/**
 * Many timers on one: items wait in the buckets of a wheel that one interval turns. So ten thousand of them cost an entry in a set each, and are
 * due in small groups instead of all at once.
 */
export interface TimerWheel<T> {
  /** Due once, after so many ms, a tick more or less and at most `longestMs`. An item has one time: the newest that was set. */
  set(item: T, afterMs: number): void
  delete(item: T): void
  close(): void
}

interface Options<T> {
  tickMs: number
  longestMs: number
  onDue: (item: T) => void
}

export function timerWheel<T>({ tickMs, longestMs, onDue }: Options<T>): TimerWheel<T> {
  const count = Math.ceil(longestMs / tickMs) + 1
  const buckets = Array.from({ length: count }, () => new Set<T>())
  const bucketOf = new Map<T, Set<T>>()
  let at = 0
  /** Turns only while something waits. */
  let turning: NodeJS.Timeout | null = null

  function turn(): void {
    at = (at + 1) % count
    const bucket = buckets[at]
    // Taken out first: what is due may set itself again.
    const due = [...(bucket ?? [])]
    bucket?.clear()
    for (const item of due) bucketOf.delete(item)
    for (const item of due) onDue(item)
    if (!bucketOf.size) stop()
  }

  function remove(item: T): void {
    bucketOf.get(item)?.delete(item)
    bucketOf.delete(item)
  }

  function stop(): void {
    if (turning) clearInterval(turning)
    turning = null
  }

  return {
    set(item, afterMs) {
      remove(item)
      const ticks = Math.min(Math.max(Math.ceil(afterMs / tickMs), 1), count - 1)
      const bucket = buckets[(at + ticks) % count] ?? new Set()
      bucketOf.set(item, bucket.add(item))
      turning ??= setInterval(turn, tickMs).unref()
    },
    delete: remove,
    close() {
      stop()
      bucketOf.clear()
      for (const bucket of buckets) bucket.clear()
    },
  }
}
