/** What each node keeps in memory of tenants and keys, for a second. */
import type { LRUCache } from 'lru-cache'

/** A changed tenant or a revoked key is noticed on every node after this time. */
export const KEPT_MS = 1_000

/** Whoever asks meanwhile waits for the same answer. */
export function kept<T>(cache: LRUCache<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
  const known = cache.get(name)
  if (known) return known
  const reading = read()
  cache.set(name, reading)
  reading.catch(() => cache.get(name) === reading && cache.delete(name))
  return reading
}
