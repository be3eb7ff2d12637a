/** What came, in order, for the one who waits for it. A wait that is not met fails, and tells what came instead. */

const PATIENCE_MS = 15_000

export interface Queue<T> {
  push(item: T): void
  /** Nothing more will come: who waits is told why. */
  end(why: string): void
  /** The next one, or the next that fits: those before it are passed over. */
  next(fits?: (item: T) => boolean): Promise<T>
  take(count: number): Promise<T[]>
  /** What has come and was not asked for yet. */
  rest(): T[]
}

export function createQueue<T>(name: string): Queue<T> {
  const items: T[] = []
  let at = 0
  let ended: string | null = null
  let wake = () => {}

  async function next(fits: (item: T) => boolean = () => true): Promise<T> {
    const begin = at
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      while (at < items.length) {
        const item = items[at++] as T
        if (fits(item)) return item
      }
      const instead = `; it brought ${items.length - begin}: ${JSON.stringify(items.slice(begin).slice(-5)).slice(0, 2_000)}`
      if (ended !== null) throw new Error(`${name} ended (${ended}) while a test waited${instead}`)
      if (Date.now() >= deadline) throw new Error(`${name} did not bring what a test waited for${instead}`)
      await changed(deadline - Date.now())
    }
  }

  function changed(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    push(item) {
      items.push(item)
      wake()
    },
    end(why) {
      ended ??= why
      wake()
    },
    next,
    async take(count) {
      const taken: T[] = []
      while (taken.length < count) taken.push(await next())
      return taken
    },
    rest() {
      const rest = items.slice(at)
      at = items.length
      return rest
    },
  }
}
