/**
 * Users as they were a moment ago, for what is delivered live: authors are the same few, and each event would else read them again. A rename shows within a second;
 * while the database is away they show as they were last seen, so that delivery goes on.
 */
import { LRUCache } from 'lru-cache'
import type { User, Uuid } from '../model.ts'
import type { Users } from './users.ts'

const FRESH_MS = 1_000
const MOST = 20_000

export function createRecentUsers({ byIds }: Pick<Users, 'byIds'>): Pick<Users, 'byIds'> {
  const known = new LRUCache<string, { user: User; at: number }>({ max: MOST })

  return {
    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<User[]> {
      const kept = ids.map((id) => known.get(`${tenantId} ${id}`))
      const now = performance.now()
      const missing = ids.filter((_, i) => (kept[i]?.at ?? Number.NEGATIVE_INFINITY) < now - FRESH_MS)
      if (!missing.length) return kept.flatMap((each) => each?.user ?? [])
      const read = await byIds(tenantId, missing).catch((error) => {
        const old = kept.flatMap((each) => each?.user ?? [])
        if (old.length < ids.length) throw error
        return old.filter(({ id }) => missing.includes(id))
      })
      for (const user of read) known.set(`${tenantId} ${user.id}`, { user, at: now })
      return [...read, ...kept.flatMap((each) => (each && !missing.includes(each.user.id) ? each.user : []))]
    },
  }
}
