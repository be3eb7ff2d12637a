/** Counts of all nodes on one Redis. While it is away or stuck each node counts for itself, at once: no send waits for it. */
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { ratesOf } from './limiter.ts'
import { BoundedMemory } from './memory.ts'
import type { Rates } from './rates.ts'

/** An answer that takes longer is not waited for. */
const PATIENCE_MS = 200
/** So long nothing is asked of a Redis that did not answer, and so long it may be silent. */
const REST_MS = 1_000
const MAX_BACKOFF_MS = 5_000

export function redisRates(url: string): Rates {
  const client = new Redis(url, {
    connectionName: 'parley-rates',
    connectTimeout: 5_000,
    commandTimeout: PATIENCE_MS,
    socketTimeout: REST_MS,
    enableOfflineQueue: false,
    // Of one that accepts connections and does not answer nothing is asked.
    enableReadyCheck: true,
    // What is asked in one tick is one way there and back.
    enableAutoPipelining: true,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempts) => Math.min(100 * 2 ** attempts, MAX_BACKOFF_MS),
    disableClientInfo: true,
  })
  client.on('error', () => undefined) // bus/linked.ts tells of the same Redis, once
  const close = async () => client.disconnect()

  let asksAgainAt = 0
  const isResting = () => performance.now() < asksAgainAt
  const insurance = new Insurance(() => {
    if (!isResting()) asksAgainAt = performance.now() + REST_MS
  })
  const own = ratesOf(insurance, close)
  const shared = ratesOf(
    new RateLimiterRedis({
      storeClient: client,
      keyPrefix: 'parley:rates',
      points: Number.MAX_SAFE_INTEGER,
      duration: 1,
      rejectIfRedisNotReady: true,
      insuranceLimiter: insurance,
    }),
    close,
  )
  return {
    count: (key, seconds) => (isResting() ? own : shared).count(key, seconds),
    uncount: (key, seconds) => (isResting() ? own : shared).uncount(key, seconds),
    close,
  }
}

/** Tells when it is asked: Redis did not answer then, or refused. */
class Insurance extends BoundedMemory {
  readonly #onAsked: () => void

  constructor(onAsked: () => void) {
    super()
    this.#onAsked = onAsked
  }

  override penalty(...asked: Parameters<BoundedMemory['penalty']>) {
    this.#onAsked()
    return super.penalty(...asked)
  }
}
