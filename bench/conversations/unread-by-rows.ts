/** What `--break` puts in the place of the counts: the rows behind the mark, read and counted each time. */
import type { UnreadCounts } from '../../src/conversations/unread.ts'
import type { Db } from '../../src/db.ts'

export function unreadByRows(db: Db, { threads }: UnreadCounts): UnreadCounts {
  const count = async (tenantId: string, userId: string) => {
    const rows = await db.$queryRaw<{ id: string; messages: bigint }[]>`
      select m.conversation_id as id, count(x.id) as messages from membership m
      left join message x on x.tenant_id = m.tenant_id and x.conversation_id = m.conversation_id and x.thread_id is null
        and x.seq > m.read_seq and x.deleted_at is null and not x.silent and x.author_id is distinct from m.user_id
      where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid and m.left_seq is null group by 1`
    return rows.map(({ id, messages }) => ({ id, messages: Number(messages), mentions: 0 }))
  }
  return {
    threads,
    conversations: async (tenantId, userId, ids) =>
      new Map((await count(tenantId, userId)).filter(({ id }) => ids.includes(id)).map(({ id, ...own }) => [id, own])),
    async totals(tenantId, userId) {
      const unread = (await count(tenantId, userId)).filter(({ messages }) => messages > 0)
      const messages = unread.reduce((sum, own) => sum + own.messages, 0)
      return { conversations: unread.length, messages, mentions: 0, replies: 0 }
    },
  }
}
