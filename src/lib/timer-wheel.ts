/**
 * Many timers on one: items wait in the buckets of a wheel that one interval turns. So ten thousand of them cost a place in a list each, and are
 * due in small groups instead of all at once.
 */
export interface TimerWheel<T> {
  /** Due once, after so many ms, a tick more or less and at most `longestMs`. An item has one time: the newest that was set. */
  set(item: T, afterMs: number): void
  delete(item: T): void
  close(): void
}

/** Where an item waits; written by the wheel alone, so that setting it costs neither a look-up nor memory. */
export interface OnWheel {
  /** Its bucket; -1 while it waits in none. */
  bucket: number
  /** Within it. */
  place: number
}

interface Options<T> {
  tickMs: number
  longestMs: number
  onDue: (item: T) => void
}

export function timerWheel<T extends OnWheel>({ tickMs, longestMs, onDue }: Options<T>): TimerWheel<T> {
  const count = Math.ceil(longestMs / tickMs) + 1
  const buckets: T[][] = Array.from({ length: count }, () => [])
  let waiting = 0
  let at = 0
  /** Turns only while something waits. */
  let turning: NodeJS.Timeout | null = null

  function turn(): void {
    at = (at + 1) % count
    // Taken out first: what is due may set itself again.
    const due = empty(at)
    for (const item of due) onDue(item)
    if (!waiting) stop()
  }

  function empty(bucket: number): T[] {
    const items = buckets[bucket] ?? []
    buckets[bucket] = []
    waiting -= items.length
    for (const item of items) item.bucket = -1
    return items
  }

  function remove(item: T): void {
    const items = buckets[item.bucket]
    if (!items) return
    // The last one takes its place.
    const last = items.pop() as T
    if (last !== item) {
      items[item.place] = last
      last.place = item.place
    }
    item.bucket = -1
    waiting--
  }

  function stop(): void {
    if (turning) clearInterval(turning)
    turning = null
  }

  return {
    set(item, afterMs) {
      remove(item)
      const ticks = Math.min(Math.max(Math.ceil(afterMs / tickMs), 1), count - 1)
      item.bucket = (at + ticks) % count
      item.place = (buckets[item.bucket] as T[]).push(item) - 1
      waiting++
      turning ??= setInterval(turn, tickMs).unref()
    },
    delete: remove,
    close() {
      stop()
      for (let bucket = 0; bucket < count; bucket++) empty(bucket)
    },
  }
}
