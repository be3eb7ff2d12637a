/** The library's limiters as counters: whose limit it is, and whether it is passed, is decided by who asks. */
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Rates } from './rates.ts'

export function ratesOf(limiter: RateLimiterAbstract, close: Rates['close']): Rates {
  return {
    async count(key, seconds) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, 1, { customDuration: seconds })
      return { count: consumedPoints, resetsInMs: Math.max(1, msBeforeNext) }
    },
    async uncount(key, seconds) {
      await limiter.reward(key, 1, { customDuration: seconds })
    },
    close,
  }
}
