/** Counts of this process alone; of so many keys, since whoever has many accounts or says many things must not fill the memory. */
import { LRUCache } from 'lru-cache'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { ratesOf } from './limiter.ts'
import type { Rates } from './rates.ts'

/** About 50 MB of them. Those not counted for the longest time are forgotten first. */
const MOST_KEYS = 100_000

export const memoryRates = (mostKeys?: number): Rates => ratesOf(new BoundedMemory(mostKeys), async () => undefined)

export class BoundedMemory extends RateLimiterMemory {
  readonly #keys: LRUCache<string, true>

  constructor(max = MOST_KEYS) {
    super({ points: Number.MAX_SAFE_INTEGER, duration: 1 })
    const forget = (key: string) => void super.delete(key)
    this.#keys = new LRUCache({ max, dispose: (_, key, reason) => reason === 'evict' && forget(key) })
  }

  override penalty(...asked: Parameters<RateLimiterMemory['penalty']>) {
    this.#keys.set(String(asked[0]), true)
    return super.penalty(...asked)
  }
}
