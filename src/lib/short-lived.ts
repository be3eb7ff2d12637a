/** What is kept for a while and then let go: an LRUCache of its own lets go of what is over only when it is asked for once more, and most never is. */
import { LRUCache } from 'lru-cache'

interface Options {
  max: number
  ttlMs: number
}

/** What is over is gone at the latest one `ttlMs` later. */
export class ShortLived<Value extends object> {
  readonly #kept: LRUCache<string, Value>
  readonly #ttlMs: number
  /** Runs only while something is kept. */
  #sweeping: NodeJS.Timeout | null = null

  constructor({ max, ttlMs }: Options) {
    this.#kept = new LRUCache<string, Value>({ max, ttl: ttlMs, perf: { now: () => performance.now() } })
    this.#ttlMs = ttlMs
  }

  get size(): number {
    return this.#kept.size
  }

  get(key: string): Value | undefined {
    return this.#kept.get(key)
  }

  set(key: string, value: Value): void {
    this.#kept.set(key, value)
    this.#sweeping ??= setInterval(() => this.#sweep(), this.#ttlMs).unref()
  }

  delete(key: string): void {
    this.#kept.delete(key)
  }

  #sweep(): void {
    this.#kept.purgeStale()
    if (this.size || !this.#sweeping) return
    clearInterval(this.#sweeping)
    this.#sweeping = null
  }
}
