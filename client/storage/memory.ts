/** Nothing outlives the page. `name`: where several chats of one page share it, as tabs share theirs. */
import type { ClientStorage } from './storage.ts'

export function memoryStorage(name: string | null = null): ClientStorage {
  const values = new Map<string, unknown>()
  return {
    name,
    get: async (key) => structuredClone(values.get(key)),
    set: async (key, value) => void values.set(key, structuredClone(value)),
    delete: async (key) => void values.delete(key),
    keys: async () => [...values.keys()],
  }
}
