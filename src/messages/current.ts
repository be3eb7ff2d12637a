/** A message under its conversation's lock: as it is now, and changed. */
import type { Sql, Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Message, Uuid } from '../model.ts'
import { type MessageRow, messageColumns, messageOf } from './rows.ts'

export type MessageName = Pick<Message, 'tenantId' | 'id'>

/** Throws STALE_WRITE when it has been deleted. */
export async function currentMessage(tx: Transaction, { tenantId, id }: MessageName): Promise<Message> {
  const [row] = await tx.$queryRaw<MessageRow[]>`
    select ${messageColumns} from message m where m.tenant_id = ${tenantId}::uuid and m.id = ${id}::uuid`
  if (!row) throw new ChatError('NOT_FOUND')
  if (row.deletedAt) throw new ChatError('STALE_WRITE', { message: 'The message has been deleted' })
  return messageOf(row)
}

export async function updateMessage(tx: Transaction, { tenantId, id }: MessageName, set: Sql): Promise<Message> {
  const [row] = await tx.$queryRaw<MessageRow[]>`
    update message m set ${set} where m.tenant_id = ${tenantId}::uuid and m.id = ${id}::uuid returning ${messageColumns}`
  if (!row) throw new Error('a message is gone that is held')
  return messageOf(row)
}

/** Who is told that he is mentioned: what still counts, once for each user, and once for everybody. */
export async function rewriteMentions(tx: Transaction, before: Message, after: Message): Promise<void> {
  const { tenantId, conversationId, id, authorId, threadId } = after
  const seq = BigInt(after.seq)
  const [old, fresh] = [mentioned(before), after.silent || after.deletedAt ? [] : mentioned(after)]
  if (old.length)
    await tx.$executeRaw`delete from mention where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and user_id = any(${old}::uuid[]) and seq = ${seq}`
  if (!fresh.length) return
  await tx.$executeRaw`
    insert into mention (tenant_id, conversation_id, user_id, seq, message_id, author_id, thread_id, is_in_conversation)
    select ${tenantId}::uuid, ${conversationId}::uuid, u.id, ${seq}, ${id}::uuid, ${authorId}::uuid, ${threadId}::uuid, ${threadId === null || after.alsoInConversation}
    from unnest(${fresh}::uuid[]) as u(id)`
  if (threadId)
    await tx.$executeRaw`
    insert into thread_member (tenant_id, thread_id, user_id, conversation_id, is_following, first_seq, read_seq, read_ordinal)
    select ${tenantId}::uuid, ${threadId}::uuid, u.id, ${conversationId}::uuid, true, 0, ${seq} - 1, m.thread_ordinal - 1
    from unnest(${fresh}::uuid[]) as u(id) join message m on m.tenant_id = ${tenantId}::uuid and m.id = ${id}::uuid
    where u.id <> ${EVERYBODY}::uuid on conflict do nothing`
}

const EVERYBODY: Uuid = '00000000-0000-0000-0000-000000000000'
const mentioned = ({ mentions }: Message): Uuid[] => [...new Set(mentions.map(({ userId }) => userId ?? EVERYBODY))]
