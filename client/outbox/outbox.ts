/** What is not sent yet: kept before it is sent, sent in order by one tab at a time, and forgotten once it is answered. */
import type { Clock } from '../environment.ts'
import type { Readable } from '../readable.ts'
import type { ClientStorage } from '../storage/storage.ts'
import type { Action, EntryError, OutboxEntry } from '../types.ts'
import { type View, view } from '../view.ts'
import { entryMaker, fromKept, isKey, keyOf, newId, toKept } from './entry.ts'

/** What this tab knows of the outbox, and what it does to it. */
export interface Outbox {
  readonly entries: Readable<readonly OutboxEntry[]>
  add(conversationId: string, action: Action): OutboxEntry
  /** Under a new id if the old one is taken. Nothing while it is not failed. */
  retry(id: string): void
  discard(id: string): void
  /** An entry as it is now; null once it is gone. */
  get(id: string): OutboxEntry | null
  change(id: string, how: Partial<OutboxEntry>): void
  /** It was answered. Also: it is not worth keeping. */
  remove(id: string): void
  /** What other tabs have added and removed. */
  reload(): Promise<void>
  /** Resolves when all that was said until now is kept. */
  kept(): Promise<void>
}

interface Options {
  storage: ClientStorage
  clock: Clock
  random: () => number
  /** Something has changed. */
  changed(conversationId: string): void
  /** Other tabs should look. */
  stored(): void
}

const TAKEN = ['ANSWERED_OTHERWISE', 'IDEMPOTENCY_CONFLICT']

export function createOutbox({ storage, clock, random, changed, stored }: Options): Outbox {
  const all = new Map<string, OutboxEntry>()
  /** Ids that this tab has added or removed, and the storage does not tell of yet. */
  const inWriting = new Map<string, number>()
  const make = entryMaker({ clock, random })
  const entries: View<readonly OutboxEntry[]> = view(() => [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
  let writing: Promise<void> = Promise.resolve()

  function put(entry: OutboxEntry): OutboxEntry {
    all.set(entry.id, entry)
    told(entry)
    return entry
  }

  function told({ conversationId }: OutboxEntry): void {
    entries.invalidate()
    changed(conversationId)
  }

  /** One after the other, so that what was said last is what stays. */
  function keep(id: string): void {
    inWriting.set(id, (inWriting.get(id) ?? 0) + 1)
    writing = writing.then(async () => {
      const entry = all.get(id)
      if (entry) await storage.set(keyOf(id), toKept(entry))
      else await storage.delete(keyOf(id))
      const left = (inWriting.get(id) ?? 1) - 1
      if (left === 0) inWriting.delete(id)
      else inWriting.set(id, left)
      stored()
    })
  }

  function remove(id: string): void {
    const entry = all.get(id)
    if (!entry || !all.delete(id)) return
    told(entry)
    keep(id)
  }

  function add(conversationId: string, action: Action): OutboxEntry {
    if (action.kind === 'read') forgetOlderReads(conversationId)
    const entry = put(make(conversationId, action, entries.get().at(-1)?.id))
    keep(entry.id)
    return entry
  }

  /** The newest wins; one that is on its way is answered first. */
  function forgetOlderReads(conversationId: string): void {
    for (const { id, state, action, conversationId: where } of all.values())
      if (where === conversationId && action.kind === 'read' && state !== 'sending') remove(id)
  }

  return {
    entries,
    add,
    remove,
    get: (id) => all.get(id) ?? null,
    change(id, how) {
      const entry = all.get(id)
      if (!entry) return
      put({ ...entry, ...how })
      if (how.state === 'failed' || how.clientId) keep(id)
    },
    retry(id) {
      const entry = all.get(id)
      if (entry?.state !== 'failed') return
      const isTaken = TAKEN.includes((entry.error as EntryError | null)?.code ?? '')
      put({ ...entry, state: 'pending', error: null, clientId: isTaken ? newId(random) : entry.clientId })
      keep(id)
    },
    discard(id) {
      if (all.get(id)?.state !== 'sending') remove(id)
    },
    async reload() {
      // Only these can be missing because another tab has removed them: what is added from now on is newer than what is read.
      const wereKept = [...all.keys()].filter((id) => !inWriting.has(id))
      const keys = new Set((await storage.keys()).filter(isKey))
      for (const key of keys) {
        const entry = fromKept(await storage.get(key))
        if (!entry || inWriting.has(entry.id) || all.get(entry.id)?.state === 'sending') continue
        if (JSON.stringify(all.get(entry.id)) !== JSON.stringify(entry)) put(entry)
      }
      for (const id of wereKept) {
        const entry = all.get(id)
        if (!entry || keys.has(keyOf(id)) || inWriting.has(id) || entry.state === 'sending') continue
        all.delete(id)
        told(entry)
      }
    },
    kept: () => writing,
  }
}
