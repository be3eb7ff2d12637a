/** Takes away for everybody, soon after its time, what was said to go by itself. Of several nodes one is first; the others find it gone. */
import type { Db } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Append } from '../messages/append.ts'
import type { Changing } from '../messages/change.ts'
import type { MessageName } from '../messages/current.ts'
import { deleteForAll } from '../messages/delete.ts'
import type { Uuid } from '../model.ts'
import type { Job } from './worker.ts'

interface Due {
  tenantId: Uuid
  conversationId: Uuid
  ids: Uuid[]
}

const BATCH = 100

export function expireMessages({ db, append }: { db: Db; append: Append }): Job {
  return {
    name: 'expire-messages',
    everyMs: 2_000,
    async pass() {
      const due = await db.$queryRaw<Due[]>`
        select tenant_id as "tenantId", conversation_id as "conversationId", array_agg(id order by id) as ids
        from (select tenant_id, conversation_id, id from message where expires_at <= now() and deleted_at is null order by expires_at limit ${BATCH}) m
        group by tenant_id, conversation_id`
      for (const { tenantId, conversationId, ids } of due)
        await append.change({ tenantId, actorId: null, streams: [conversationId], once: null }, async (changing) => {
          for (const id of ids) await expire(changing, { tenantId, id })
          return {}
        })
      return due.reduce((sum, { ids }) => sum + ids.length, 0) === BATCH ? 'more' : 'done'
    },
  }
}

async function expire(changing: Changing, name: MessageName): Promise<void> {
  await deleteForAll(changing, name, null).catch((error) => {
    if (!(error instanceof ChatError && error.code === 'STALE_WRITE')) throw error
  })
}
