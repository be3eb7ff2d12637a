/** Pages of a conversation's messages by seq, from either end or around one. */
import type { Db } from '../db.ts'
import type { Conversation, Message, Uuid } from '../model.ts'

export interface Window {
  /** Exclusive bounds; null is open. */
  after: number | null
  before: number | null
  limit: number
  /** Which end of the window to count from. The page itself is always in seq order. */
  from: 'first' | 'last'
}

export type History = ReturnType<typeof createHistory>

export function createHistory({ db }: { db: Db }) {
  async function page(
    conversation: Pick<Conversation, 'tenantId' | 'id'>,
    { after, before, limit, from }: Window,
  ): Promise<{ messages: Message[]; hasMore: boolean }> {
    const seq = { ...(after !== null && { gt: BigInt(after) }), ...(before !== null && { lt: BigInt(before) }) }
    const rows = await db.message.findMany({
      where: {
        tenantId: conversation.tenantId,
        conversationId: conversation.id,
        ...(Object.keys(seq).length && { seq }),
      },
      orderBy: { seq: from === 'first' ? 'asc' : 'desc' },
      take: limit + 1,
    })
    const messages = rows.slice(0, limit).map(messageOf)
    return { messages: from === 'first' ? messages : messages.reverse(), hasMore: rows.length > limit }
  }

  return {
    page,

    /** Half of the page before the message, the message, and what room is left after it. null when it is not of this conversation. */
    async around(
      conversation: Pick<Conversation, 'tenantId' | 'id'>,
      { id, limit, from = 1 }: { id: Uuid; limit: number; from?: number },
    ) {
      const [middle] = (await this.byIds(conversation.tenantId, [id])).filter(
        (message) => message.conversationId === conversation.id && message.seq >= from,
      )
      if (!middle) return null
      const older = await page(conversation, {
        after: from - 1,
        before: middle.seq,
        limit: Math.floor(limit / 2),
        from: 'last',
      })
      const newer = await page(conversation, {
        after: middle.seq - 1,
        before: null,
        limit: limit - older.messages.length,
        from: 'first',
      })
      return { messages: [...older.messages, ...newer.messages], hasOlder: older.hasMore, hasNewer: newer.hasMore }
    },

    async byIds(tenantId: Uuid, ids: readonly Uuid[]): Promise<Message[]> {
      return (await db.message.findMany({ where: { tenantId, id: { in: [...ids] } } })).map(messageOf)
    },
  }
}

function messageOf(row: Omit<Message, 'seq' | 'metadata'> & { seq: bigint; metadata: unknown }): Message {
  return { ...row, seq: Number(row.seq), metadata: row.metadata as Message['metadata'] }
}
