/** `localStorage`: for where there is no IndexedDB. It holds about 5 MB, of all that its origin keeps. */
import type { ClientStorage } from './storage.ts'

export function localStorageStorage(name: string, area: Storage = localStorage): ClientStorage {
  const prefix = `${name}/`
  return {
    name,
    async get(key) {
      const text = area.getItem(prefix + key)
      return text === null ? undefined : JSON.parse(text)
    },
    set: async (key, value) => area.setItem(prefix + key, JSON.stringify(value)),
    delete: async (key) => area.removeItem(prefix + key),
    async keys() {
      const all = Array.from({ length: area.length }, (_, n) => area.key(n) ?? '')
      return all.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
    },
  }
}
