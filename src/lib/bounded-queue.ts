/** A queue between one pusher and one taker that holds so many items and no more. */

export interface BoundedQueue<T> {
  readonly size: number
  /** false when it is full: the item was not taken in. */
  push(item: T): boolean
  shift(): T | undefined
  clear(): void
  /** Resolves at once when something waits or `wake` was called since the last time, else at the next push or wake. */
  changed(): Promise<void>
  wake(): void
}

export function boundedQueue<T>(limit: number): BoundedQueue<T> {
  let items: T[] = []
  let head = 0
  let awake = false
  let waiting: (() => void) | null = null
  function wake() {
    awake = true
    waiting?.()
    waiting = null
  }
  return {
    get size() {
      return items.length - head
    },
    push(item) {
      if (items.length - head >= limit) return false
      items.push(item)
      wake()
      return true
    },
    shift() {
      if (head === items.length) return undefined
      const item = items[head++]
      if (head === items.length || head > 1_024) {
        items = items.slice(head)
        head = 0
      }
      return item
    },
    clear() {
      items = []
      head = 0
    },
    async changed() {
      if (!awake && head === items.length) await new Promise<void>((resolve) => (waiting = resolve))
      awake = false
    },
    wake,
  }
}
