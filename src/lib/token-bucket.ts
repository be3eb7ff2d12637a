/** So many a second, with a burst. Whoever comes too early is told when it is his turn, each another moment, so that those refused together do not come back together. */

export interface TokenBucket {
  /** 0: taken. Else the milliseconds after which to come again. */
  take(): number
}

/** Beyond it nobody is sent away. */
const MAX_WAIT_MS = 30_000

export function tokenBucket({
  perSecond,
  burst,
  now,
}: {
  perSecond: number
  burst: number
  now: () => number
}): TokenBucket {
  let tokens = burst
  /** Turns that were told to others and have not come yet. */
  let promised = 0
  let at = now()

  return {
    take() {
      const gained = (Math.max(0, now() - at) * perSecond) / 1_000
      at = now()
      tokens = Math.min(burst, tokens + gained)
      promised = Math.max(0, promised - gained)
      if (tokens >= 1) {
        tokens--
        return 0
      }
      promised = Math.min(promised + 1, (MAX_WAIT_MS * perSecond) / 1_000)
      return Math.max(1, Math.ceil((promised * 1_000) / perSecond))
    },
  }
}
