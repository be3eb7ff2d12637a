/** Time that passes only when a test lets it. */
import type { Clock } from '../../client/environment.ts'

export interface FakeClock extends Clock {
  /** Runs what is due meanwhile, in order, and lets each be followed by what it promises. */
  pass(ms: number): Promise<void>
  /** The clock is set, or the machine has slept: timers come when they come. */
  jump(ms: number): void
}

export function fakeClock(): FakeClock {
  let now = Date.parse('2026-11-01T00:00:00Z')
  let ran = 0
  let ids = 0
  /** By how much time must have run. */
  const timers = new Map<number, { at: number; run: () => void }>()

  return {
    now: () => now,
    setTimeout(run, ms) {
      timers.set(++ids, { at: ran + Math.max(ms, 0), run })
      return ids
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
    async pass(ms) {
      const until = ran + ms
      await settled()
      for (;;) {
        const [next] = [...timers].sort(([a, one], [b, other]) => one.at - other.at || a - b)
        if (!next || next[1].at > until) break
        now += next[1].at - ran
        ran = next[1].at
        timers.delete(next[0])
        next[1].run()
        await settled()
      }
      now += until - ran
      ran = until
    },
    jump(ms) {
      now += ms
    },
  }
}

/** All that was promised until now, and what that promises. */
async function settled(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve()
}
