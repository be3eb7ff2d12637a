/** How long to wait before the next attempt. */

const FIRST_MS = 500
const LONGEST_MS = 20_000
/** A server that was only restarted is back within this time: until then nobody waits long. */
const HOPEFUL_MS = 10_000
const HOPEFUL_LONGEST_MS = 1_000

export interface Attempts {
  /** That have failed since it last worked. */
  failed: number
  /** Since it last worked. */
  sinceMs: number
  /** What the server has said; null where it has not. */
  retryAfterMs: number | null
}

/**
 * Full jitter: anything from nothing up to what doubles from attempt to attempt, so that those who lost the same server do not come back together.
 * Never before the server has said.
 */
export function backoff({ failed, sinceMs, retryAfterMs }: Attempts, random: () => number): number {
  const longest = sinceMs < HOPEFUL_MS ? HOPEFUL_LONGEST_MS : LONGEST_MS
  const ceiling = Math.min(longest, FIRST_MS * 2 ** Math.min(failed, 10))
  return retryAfterMs === null ? random() * ceiling : retryAfterMs + random() * Math.min(ceiling, retryAfterMs)
}
