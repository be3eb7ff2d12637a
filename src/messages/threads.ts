/** Threads: what hangs on a message. A thread has its root's id, and is there from its first reply on. */
import type { Db } from '../db.ts'
import type { Message, Uuid } from '../model.ts'
import type { Changing } from './change.ts'
import { type MessageRow, messageColumns, messageOf } from './rows.ts'

export interface Thread {
  tenantId: Uuid
  /** Of its root. */
  id: Uuid
  conversationId: Uuid
  rootSeq: number
  /** Of those that are not deleted. */
  replyCount: number
}

/** As many as are shown beside a thread. */
const PARTICIPANTS = 20

export type Threads = ReturnType<typeof createThreads>

export function createThreads({ db }: { db: Db }) {
  return {
    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<Thread[]> {
      const rows = await db.thread.findMany({ where: { tenantId, messageId: { in: [...ids] } } })
      return rows.map(({ messageId: id, conversationId, rootSeq, replyCount }) => ({
        tenantId,
        id,
        conversationId,
        rootSeq: Number(rootSeq),
        replyCount,
      }))
    },

    /** The newest of each that is not deleted. */
    async lastReplies(tenantId: Uuid, ids: readonly Uuid[]): Promise<Message[]> {
      const rows = await db.$queryRaw<MessageRow[]>`
        select m.* from unnest(${[...ids]}::uuid[]) as t(id)
        cross join lateral (
          select ${messageColumns} from message m where m.tenant_id = ${tenantId}::uuid and m.thread_id = t.id and m.deleted_at is null order by m.seq desc limit 1
        ) m`
      return rows.map(messageOf)
    },

    /** Those who replied, in the order of their first reply: the first few of each thread. */
    async participants(tenantId: Uuid, ids: readonly Uuid[]): Promise<{ threadId: Uuid; userId: Uuid }[]> {
      return db.$queryRaw`
        select t.id as "threadId", p.user_id as "userId" from unnest(${[...ids]}::uuid[]) as t(id)
        cross join lateral (
          select x.user_id, x.first_seq from thread_member x where x.tenant_id = ${tenantId}::uuid and x.thread_id = t.id and x.replies > 0 order by x.first_seq limit ${PARTICIPANTS}
        ) p order by t.id, p.first_seq`
    },
  }
}

/** Whether he is told of the thread's replies. Who follows anew has read what is there. */
export async function follow(
  { tx, record }: Changing,
  { tenantId, id: threadId, conversationId }: Thread,
  userId: Uuid,
  isFollowing: boolean,
): Promise<void> {
  const changed = await tx.$executeRaw`
    insert into thread_member as f (tenant_id, thread_id, user_id, conversation_id, is_following, first_seq, read_seq, read_ordinal)
    select t.tenant_id, t.message_id, ${userId}::uuid, t.conversation_id, ${isFollowing}, 0, s.last_seq, t.counted
    from thread t join stream s on s.tenant_id = t.tenant_id and s.id = t.conversation_id
    where t.tenant_id = ${tenantId}::uuid and t.message_id = ${threadId}::uuid
    on conflict (tenant_id, thread_id, user_id) do update set is_following = excluded.is_following, read_seq = excluded.read_seq, read_ordinal = excluded.read_ordinal, own_unread = 0
    where f.is_following <> excluded.is_following`
  if (changed) record(userId, { kind: 'THREAD_FOLLOWED', conversationId, threadId, isFollowing })
}
