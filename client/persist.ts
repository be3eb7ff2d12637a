/** Keeps the last known state for the next start: a while after it has changed, and when the page may be leaving. */
import type { Clock, NetworkSignals } from './environment.ts'
import type { ClientStorage } from './storage/storage.ts'
import { restoreSnapshot, takeSnapshot } from './store/snapshot.ts'
import type { Store } from './store/store.ts'

const KEY = 'snapshot'
const AFTER_MS = 3_000

export interface Persistence {
  /** Answers whether anything was there that can be gone on from. */
  restore(): Promise<boolean>
  /** Something has changed. */
  moved(): void
  /** Resolves when it is kept. */
  save(): Promise<void>
  stop(): void
}

interface Options {
  store: Store
  storage: ClientStorage
  clock: Clock
  signals: NetworkSignals
}

export function createPersistence({ store, storage, clock, signals }: Options): Persistence {
  let timer: unknown = null
  const stopListening = signals.subscribe((signal) => {
    if (signal === 'leaving' && timer !== null) void save()
  })

  async function save(): Promise<void> {
    cancel()
    const snapshot = takeSnapshot(store)
    if (snapshot) await storage.set(KEY, snapshot)
  }

  function cancel(): void {
    if (timer !== null) clock.clearTimeout(timer)
    timer = null
  }

  return {
    restore: async () => restoreSnapshot(store, await storage.get(KEY)),
    moved() {
      timer ??= clock.setTimeout(() => void save(), AFTER_MS)
    },
    save,
    stop() {
      stopListening()
      cancel()
    },
  }
}
