/** Takes away for everybody, soon after its time, what was said to go by itself. Of several nodes one is first; the others find it gone. */
import { type Db, sql } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Append } from '../messages/append.ts'
import type { Changing } from '../messages/change.ts'
import type { MessageName } from '../messages/current.ts'
import { deleteForAll } from '../messages/delete.ts'
import type { Metrics } from '../metrics.ts'
import type { Uuid } from '../model.ts'
import { isOfDatabase } from './dead-letters.ts'
import { createDue } from './due.ts'
import type { Watched } from './lookout.ts'

interface Expiring extends MessageName {
  conversationId: Uuid
  expiresAt: Date
}

interface Dependencies {
  db: Db
  append: Append
  logger: Log
  now?: () => number
}

const BATCH = 100

export function expireMessages({ db, append, logger, now = Date.now }: Dependencies): Watched {
  const due = createDue<Expiring>({ read: (after, limit) => readDue(db, after, limit), size: BATCH, now })

  /** All of one conversation, in one transaction. */
  async function expire(messages: readonly Expiring[]): Promise<void> {
    const [{ tenantId, conversationId }] = messages as [Expiring]
    try {
      await append.change({ tenantId, actorId: null, streams: [conversationId], once: null }, async (changing) => {
        for (const message of messages) await deleteUnlessGone(changing, message)
        return {}
      })
      due.done(messages)
    } catch (error) {
      due.failed(messages)
      // Of one that always runs into a timeout, too: so this pass ends, and the next one goes on behind it.
      if (isOfDatabase(error)) throw error
      const ids = messages.map(({ id }) => id)
      logger.warn({ error, tenantId, conversationId, messages: ids }, 'messages have not gone at their time yet')
    }
  }

  return {
    name: 'expire-messages',
    everyMs: 2_000,
    isDue: sql`exists (select from message where expires_at <= now() and deleted_at is null)`,
    async pass() {
      const { rows, isLast } = await due.take()
      const [suspects, others] = [rows.filter(due.isSuspect), rows.filter((row) => !due.isSuspect(row))]
      for (const messages of Map.groupBy(others, ({ conversationId }) => conversationId).values())
        await expire(messages)
      for (const suspect of suspects) await expire([suspect])
      return isLast ? 'done' : 'more'
    },
  }
}

/** Called whenever somebody reads /metrics. */
export function showOverdue({ db, metrics }: { db: Db; metrics: Metrics }): void {
  metrics.onRead(async () => {
    const [row] = await db.$queryRaw<{ count: bigint }[]>`
      select count(*) from (
        select from message where expires_at < now() - interval '1 minute' and deleted_at is null limit ${MOST_COUNTED}) m`
    metrics.messagesOverdue.set(Number(row?.count ?? 0))
  })
}

const MOST_COUNTED = 10_000

const readDue = (db: Db, after: Expiring | null, limit: number): Promise<Expiring[]> =>
  db.$queryRaw`
    select tenant_id as "tenantId", conversation_id as "conversationId", id, expires_at as "expiresAt" from message
    where expires_at <= now() and deleted_at is null
      and (${after === null} or (expires_at, id) > (${after?.expiresAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by expires_at, id limit ${limit}`

async function deleteUnlessGone(changing: Changing, name: MessageName): Promise<void> {
  await deleteForAll(changing, name, null).catch((error) => {
    if (!(error instanceof ChatError && error.code === 'STALE_WRITE')) throw error
  })
}
