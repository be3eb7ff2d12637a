/** Time as a run knows it: nothing waits for real, and the same seed gives the same order of everything. */

interface Timer {
  at: number
  /** Of two at the same moment the older one is first. */
  nth: number
  work: (() => void) | null
}

export type Clock = ReturnType<typeof createClock>

const realImmediate = setImmediate
const RealDate = Date

/** Where a run's time begins; any will do. */
const BIRTH = RealDate.UTC(2026, 0, 1)

export function createClock() {
  const timers: Timer[] = []
  let now = 0
  let count = 0

  function after(ms: number, work: () => void): Timer {
    const timer: Timer = { at: now + Math.max(0, ms), nth: count++, work }
    let place = timers.length
    while (place > 0 && isBefore(timer, timers[place - 1]!)) place--
    timers.splice(place, 0, timer)
    return timer
  }

  return {
    after,
    now: () => now,
    date: () => new RealDate(BIRTH + now),
    wait: (ms: number): Promise<void> => new Promise((resolve) => after(ms, resolve)),

    /** Runs what falls due, one after the other; what each of them sets going is done before the next. */
    async pass(ms: number): Promise<void> {
      const until = now + ms
      await settle()
      for (let next = timers[0]; next && next.at <= until; next = timers[0]) {
        timers.shift()
        now = next.at
        if (!next.work) continue
        next.work()
        await settle()
      }
      now = until
    },

    /** From here on what is not told otherwise waits by this clock, too: the code that is tried knows no other. */
    install(): void {
      const set = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
        const timer = after(ms, () => work(...args))
        return { timer, unref: () => ({ timer }), ref: () => ({ timer }) }
      }
      const clear = (handle?: { timer: Timer }) => {
        if (handle) handle.timer.work = null
      }
      const soon = (work: (...args: unknown[]) => void, ...args: unknown[]) => set(work, 0, ...args)
      Object.assign(globalThis, {
        setTimeout: set,
        clearTimeout: clear,
        setImmediate: soon,
        Date: dateOf(() => BIRTH + now),
      })
    },
  }
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at < other.at || (one.at === other.at && one.nth < other.nth)

/** Promises and ticks are all done before the next immediate. */
const settle = (): Promise<void> => new Promise((resolve) => void realImmediate(resolve))

function dateOf(now: () => number): DateConstructor {
  return class extends RealDate {
    constructor(...given: [number]) {
      super(...(given.length ? given : ([now()] as [number])))
    }
    static override now(): number {
      return now()
    }
  } as DateConstructor
}
