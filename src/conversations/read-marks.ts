/** How far a member has read and been reached: watermarks, never a row for a message and user. Each move is told on his own log. */
import { type Sql, sql } from '../db.ts'
import type { Changing } from '../messages/change.ts'
import type { Message, Uuid } from '../model.ts'

/** Of his own messages that count, deleted ones too: they are behind a mark that was set back, and never unread. */
const ownSince = (stands: Sql, userId: Uuid, from: Sql): Sql =>
  sql`(select count(*)::integer from message o where ${stands} and o.author_id = ${userId}::uuid and o.seq >= ${from} and not o.silent)`

const inConversation = sql`o.tenant_id = x.tenant_id and o.conversation_id = x.conversation_id and (o.thread_id is null or o.also_in_conversation)`
const inThread = sql`o.tenant_id = x.tenant_id and o.thread_id = x.thread_id`

const standsIn = ({ threadId, alsoInConversation }: Message) => ({
  conversation: threadId === null || alsoInConversation,
  thread: threadId !== null,
})

/** All up to this message is read; what was read further stays so. A reply in a thread marks the thread. Answers whether the conversation's mark moved. */
export async function markRead({ tx, record }: Changing, userId: Uuid, message: Message): Promise<boolean> {
  let hasMoved = false
  const { tenantId, id, conversationId, threadId, seq } = message
  const { conversation, thread } = standsIn(message)
  if (conversation) {
    const moved = await tx.$executeRaw`
      update membership m set read_seq = x.seq, read_ordinal = x.ordinal, delivered_seq = greatest(m.delivered_seq, x.seq),
        own_unread = case when m.own_unread = 0 then 0 else ${ownSince(inConversation, userId, sql`x.seq + 1`)} end
      from message x where x.tenant_id = ${tenantId}::uuid and x.id = ${id}::uuid
        and m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id and m.user_id = ${userId}::uuid and m.left_seq is null and m.read_seq < x.seq`
    hasMoved = moved > 0
    if (moved) record(userId, { kind: 'READ_MARKED', conversationId, threadId: null, readSeq: seq })
  }
  if (thread) {
    const moved = await tx.$executeRaw`
      update thread_member f set read_seq = x.seq, read_ordinal = x.thread_ordinal,
        own_unread = case when f.own_unread = 0 then 0 else ${ownSince(inThread, userId, sql`x.seq + 1`)} end
      from message x where x.tenant_id = ${tenantId}::uuid and x.id = ${id}::uuid
        and f.tenant_id = x.tenant_id and f.thread_id = x.thread_id and f.user_id = ${userId}::uuid and f.read_seq < x.seq`
    if (moved) record(userId, { kind: 'READ_MARKED', conversationId, threadId, readSeq: seq })
  }
  return hasMoved
}

/** This message and what follows it is unread again. Under the conversation's lock: nothing of his own may come in between, and its past may have been closed to him. */
export async function markUnread({ tx, record }: Changing, userId: Uuid, message: Message): Promise<boolean> {
  let hasMoved = false
  const { tenantId, id, conversationId, threadId, seq } = message
  const { conversation, thread } = standsIn(message)
  if (conversation) {
    const moved = await tx.$executeRaw`
      update membership m set read_seq = x.seq - 1, read_ordinal = x.ordinal - (not x.silent)::integer, own_unread = ${ownSince(inConversation, userId, sql`x.seq`)}
      from message x join conversation c on c.tenant_id = x.tenant_id and c.id = x.conversation_id
      where x.tenant_id = ${tenantId}::uuid and x.id = ${id}::uuid and (c.history = 'ALL' or x.seq > m.joined_seq)
        and m.tenant_id = x.tenant_id and m.conversation_id = x.conversation_id and m.user_id = ${userId}::uuid and m.left_seq is null and m.read_seq >= x.seq`
    hasMoved = moved > 0
    if (moved) record(userId, { kind: 'READ_MARKED', conversationId, threadId: null, readSeq: seq - 1 })
  }
  if (thread) {
    const moved = await tx.$executeRaw`
      update thread_member f set read_seq = x.seq - 1, read_ordinal = x.thread_ordinal - (not x.silent)::integer, own_unread = ${ownSince(inThread, userId, sql`x.seq`)}
      from message x where x.tenant_id = ${tenantId}::uuid and x.id = ${id}::uuid
        and f.tenant_id = x.tenant_id and f.thread_id = x.thread_id and f.user_id = ${userId}::uuid and f.read_seq >= x.seq`
    if (moved) record(userId, { kind: 'READ_MARKED', conversationId, threadId, readSeq: seq - 1 })
  }
  return hasMoved
}

/** His devices have it, read or not. Not in the log: it is worth nothing a second later. */
export async function markDelivered(
  { tx }: Pick<Changing, 'tx'>,
  userId: Uuid,
  { tenantId, conversationId, seq }: Message,
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    update membership set delivered_seq = ${BigInt(seq)} where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and user_id = ${userId}::uuid
      and left_seq is null and delivered_seq < ${BigInt(seq)}`
  return moved > 0
}

/** Where history begins at one's joining from now on, nobody's mark stands before his. Under the conversation's lock. */
export async function marksFromJoin({ tx }: Changing, tenantId: Uuid, conversationId: Uuid): Promise<void> {
  await tx.$executeRaw`
    update membership m set read_seq = m.joined_seq, read_ordinal = m.joined_ordinal, own_unread = (
      select count(*) from message o where o.tenant_id = m.tenant_id and o.conversation_id = m.conversation_id and (o.thread_id is null or o.also_in_conversation)
        and o.author_id = m.user_id and o.seq > m.joined_seq and not o.silent)
    where m.tenant_id = ${tenantId}::uuid and m.conversation_id = ${conversationId}::uuid and m.left_seq is null and m.read_seq < m.joined_seq`
}
