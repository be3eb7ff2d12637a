/** Wakes the one who waits when something has changed, at most once in so many ms: at once after a quiet time, else when that time is over. */

export interface PacedBell {
  ring(): void
  /** Whatever the pace: for what must not wait. */
  ringNow(): void
  /** Resolves true when it has rung since the last time, false once it is taken down. */
  rung(): Promise<boolean>
  takeDown(): void
}

export function pacedBell(everyMs: number): PacedBell {
  let last = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | null = null
  let hasRung = false
  let isDown = false
  let wake: (() => void) | null = null

  function ringNow(): void {
    if (timer) clearTimeout(timer)
    timer = null
    last = Date.now()
    hasRung = true
    wake?.()
    wake = null
  }

  return {
    ring() {
      if (timer || isDown) return
      const wait = last + everyMs - Date.now()
      if (wait <= 0) ringNow()
      else timer = setTimeout(ringNow, Math.min(wait, everyMs)).unref() // a clock that was set back delays nobody
    },
    ringNow,
    async rung() {
      if (!hasRung && !isDown) await new Promise<void>((resolve) => (wake = resolve))
      hasRung = false
      return !isDown
    },
    takeDown() {
      isDown = true
      ringNow()
    },
  }
}
