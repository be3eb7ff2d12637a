/**
 * What is due, page by page in its order, from the first again after the last. What fails is passed over for a while, so that it holds up nothing
 * behind it: tried again later, and apart from all others. Each node remembers for itself; one that begins tries all.
 */
import type { Uuid } from '../model.ts'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 60_000
/** What failed longest ago is forgotten then, and tried sooner. */
const MOST = 10_000

interface Options<Row> {
  /** Those behind this one, in one order. */
  read: (after: Row | null, limit: number) => Promise<Row[]>
  size: number
  now?: () => number
}

export function createDue<Row extends { id: Uuid }>({ read, size, now = Date.now }: Options<Row>) {
  const failing = new Map<Uuid, { tries: number; notBefore: number }>()
  let after: Row | null = null

  return {
    /** The next page, without what failed just now. */
    async take(): Promise<{ rows: Row[]; isLast: boolean }> {
      const page = await read(after, size)
      const isLast = page.length < size
      after = isLast ? null : (page.at(-1) ?? null)
      return { rows: page.filter(({ id }) => (failing.get(id)?.notBefore ?? 0) <= now()), isLast }
    },

    /** It has failed, or stood beside what did. */
    isSuspect: ({ id }: Row): boolean => failing.has(id),

    done(rows: readonly Row[]): void {
      for (const { id } of rows) failing.delete(id)
    },

    failed(rows: readonly Row[]): void {
      for (const { id } of rows) {
        const tries = (failing.get(id)?.tries ?? 0) + 1
        failing.delete(id) // to the end: the order is that of the last failures
        failing.set(id, { tries, notBefore: now() + Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS) })
      }
      for (const id of failing.keys()) {
        if (failing.size <= MOST) return
        failing.delete(id)
      }
    },
  }
}
