/** Who is typing in a conversation: each until he stops, says it, or has not repeated it for a while. */
import type { Uuid } from '../model.ts'

export interface Typists {
  /** Answers whether the list has changed by it, as all of these do. */
  typing(userId: Uuid): boolean
  stopped(userId: Uuid): boolean
  /** Takes out whose time is over. */
  expire(): boolean
  /** In the order in which they began. */
  list(): Uuid[]
  /** When the next one's time is over; null when nobody is typing. */
  nextEnd(): number | null
}

/** No more than so many are kept: past that a client shows that many are typing, and no names. */
const MOST = 200

export function createTypists(expireMs: number): Typists {
  const until = new Map<Uuid, number>()
  return {
    typing(userId) {
      const isNew = !until.has(userId)
      if (isNew && until.size >= MOST) return false
      until.set(userId, Date.now() + expireMs)
      return isNew
    },
    stopped: (userId) => until.delete(userId),
    expire() {
      const over = [...until].filter(([, end]) => end <= Date.now())
      for (const [userId] of over) until.delete(userId)
      return over.length > 0
    },
    list: () => [...until.keys()],
    nextEnd: () => (until.size ? Math.min(...until.values()) : null),
  }
}
