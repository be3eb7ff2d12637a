/** IndexedDB: one database for each name, in it one store of keys and values. */
import type { ClientStorage } from './storage.ts'

const STORE = 'values'

export function indexedDbStorage(name: string, factory: IDBFactory = indexedDB): ClientStorage {
  let opened: Promise<IDBDatabase> | null = null

  function open(): Promise<IDBDatabase> {
    opened ??= new Promise((resolve, reject) => {
      const request = factory.open(name, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE)
      request.onerror = () => reject(request.error)
      request.onsuccess = () => {
        const db = request.result
        // A later version of the page waits for us, or the browser has thrown the database away: it is opened again when it is needed.
        db.onversionchange = () => db.close()
        db.onclose = forget
        resolve(db)
      }
    })
    opened.catch(forget) // so that the next one tries again
    return opened
  }
  const forget = () => {
    opened = null
  }

  async function run<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const db = await open()
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(STORE, mode)
      const request = use(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error)
    })
  }

  return {
    name,
    get: (key) => run('readonly', (store) => store.get(key)),
    set: async (key, value) => void (await run('readwrite', (store) => store.put(value, key))),
    delete: async (key) => void (await run('readwrite', (store) => store.delete(key))),
    keys: async () => (await run('readonly', (store) => store.getAllKeys())).map(String),
  }
}
