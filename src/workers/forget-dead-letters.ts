/** Drops events that a consumer could not handle, when nobody has looked after them for as long as other dead letters are kept; what waited behind goes on. */
import type { Db } from '../db.ts'
import { recurringKind } from '../jobs/kind.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Consumer } from './consumer.ts'
import { deadLetters, dropLetter } from './dead-letters.ts'

const KEPT_MS = 14 * 86_400_000
const PAGE = 100

export const forgetDeadLetters = (place: { db: Db; consumers: readonly Consumer[] }): JobHandler => ({
  kind: recurringKind('forget-dead-letters', '29 * * * *'),
  async handle(_, signal) {
    for (;;) {
      const oldest = await deadLetters(place.db, { limit: PAGE })
      const over = oldest.filter(({ at }) => at.getTime() < Date.now() - KEPT_MS)
      for (const { id } of over) {
        signal.throwIfAborted()
        await dropLetter(place, id)
      }
      if (over.length < PAGE) return
    }
  },
})
