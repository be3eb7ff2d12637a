/** A storage that never fails: what the real one refuses is kept in memory, and that is told. */
import { type Readable, writable } from '../readable.ts'
import type { StorageState } from '../types.ts'
import { memoryStorage } from './memory.ts'
import type { ClientStorage } from './storage.ts'

export interface KeptStorage extends ClientStorage {
  readonly state: Readable<StorageState>
}

export function kept(storage: ClientStorage | undefined): KeptStorage {
  const real = storage ?? memoryStorage()
  const refused = new Map<string, unknown>()
  const state = writable<StorageState>({ isDurable: storage !== undefined && real.name !== null, error: null })

  async function attempt<T>(work: () => Promise<T>, otherwise: () => T): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      state.set({ isDurable: false, error: cause instanceof Error ? cause : new Error(String(cause)) })
      return otherwise()
    }
  }

  function stored(key: string): void {
    if (refused.delete(key) && refused.size === 0) state.set({ isDurable: true, error: null })
  }

  return {
    name: real.name,
    state,
    get: (key) =>
      refused.has(key)
        ? Promise.resolve(refused.get(key))
        : attempt(
            () => real.get(key),
            () => undefined,
          ),
    set: (key, value) =>
      attempt(
        async () => {
          await real.set(key, value)
          stored(key)
        },
        () => void refused.set(key, value),
      ),
    async delete(key) {
      refused.delete(key)
      await attempt(
        () => real.delete(key),
        () => undefined,
      )
    },
    async keys() {
      const keys = await attempt(
        () => real.keys(),
        () => [],
      )
      return [...new Set([...keys, ...refused.keys()])]
    },
  }
}
