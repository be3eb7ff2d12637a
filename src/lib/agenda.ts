/** Many items, each with a time of its own on the clock, near or far: who asks what is due by now pays for that alone, not for all that wait. */
export interface Agenda<T> {
  /** An item has one time: the newest that was set. */
  set(item: T, at: number): void
  delete(item: T): void
  /** All whose time has come; they are taken out. */
  take(now: number): T[]
}

export interface Dated {
  /** Written by the agenda alone; null while the item is not in it. */
  dueAt: number | null
}

/** A second: the agenda of those who come at once has few slots, and who is asked twice a second looks into one or two. */
const SLOT_MS = 1_000
const slotOf = (at: number): number => Math.floor(at / SLOT_MS)

/** Not before the first `take` is anything due; what is set for a time that is over is due at the next. */
export function agenda<T extends Dated>(): Agenda<T> {
  const slots = new Map<number, Set<T>>()
  /** All slots before it are empty. */
  let first = 0

  function remove(item: T): void {
    if (item.dueAt === null) return
    const slot = slotOf(item.dueAt)
    const items = slots.get(slot)
    items?.delete(item)
    if (!items?.size) slots.delete(slot)
    item.dueAt = null
  }

  return {
    set(item, at) {
      remove(item)
      item.dueAt = Math.max(at, first * SLOT_MS)
      const slot = slotOf(item.dueAt)
      const items = slots.get(slot)
      if (items) items.add(item)
      else slots.set(slot, new Set([item]))
    },
    delete: remove,
    take(now) {
      const due: T[] = []
      for (const slot of until(slotOf(now)))
        for (const item of slots.get(slot) ?? []) if ((item.dueAt ?? now) <= now) due.push(item)
      for (const item of due) remove(item)
      first = slotOf(now)
      return due
    },
  }

  /** After a long sleep, or when the clock was set, there are more seconds to go through than slots. */
  function until(last: number): number[] {
    if (last - first > slots.size) return [...slots.keys()].filter((slot) => slot <= last).sort((a, b) => a - b)
    return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i)
  }
}
