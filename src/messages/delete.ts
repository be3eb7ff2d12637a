/** Takes a message away: for everybody, so that its place is left and nothing of what it said; or for one user alone. */
import { sql } from '../db.ts'
import { releaseFiles } from '../files/attachments.ts'
import type { Message, Uuid } from '../model.ts'
import type { Changing } from './change.ts'
import { currentMessage, type MessageName, rewriteMentions, updateMessage } from './current.ts'

/** Text, revisions, reactions, mentions, files, the pin: all gone, in this transaction. `by` null: the system. Throws STALE_WRITE when it was deleted before. */
export async function deleteForAll({ tx, record, at }: Changing, name: MessageName, by: Uuid | null): Promise<void> {
  const before = await currentMessage(tx, name)
  const { tenantId, id } = name
  await tx.$executeRaw`delete from message_revision where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid`
  if (before.reactionKinds) {
    await tx.$executeRaw`delete from reaction where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid`
    await tx.$executeRaw`delete from reaction_count where tenant_id = ${tenantId}::uuid and message_id = ${id}::uuid`
  }
  const after = await updateMessage(
    tx,
    name,
    sql`text = '', metadata = null, mentions = null, reply_to_id = null, reaction_kinds = 0, attachment_count = 0, pinned_at = null, pinned_by = null, deleted_at = ${at}, deleted_by = ${by}::uuid`,
  )
  if (before.attachmentCount) await releaseFiles(tx, name)
  await rewriteMentions(tx, before, after)
  if (before.threadId) {
    await tx.$executeRaw`update thread set reply_count = reply_count - 1 where tenant_id = ${tenantId}::uuid and message_id = ${before.threadId}::uuid`
    await tx.$executeRaw`update thread_member set replies = replies - 1 where tenant_id = ${tenantId}::uuid and thread_id = ${before.threadId}::uuid and user_id = ${before.authorId}::uuid`
  }
  record(after.conversationId, { kind: 'MESSAGE_DELETED', message: after })
}

/** Told on his own log only. Repeating it changes nothing. */
export async function deleteForOne({ tx, record, at }: Changing, message: Message, userId: Uuid): Promise<void> {
  const { tenantId, id, conversationId } = message
  const isNew = await tx.$executeRaw`
    insert into message_hidden (tenant_id, user_id, conversation_id, seq, message_id, at)
    values (${tenantId}::uuid, ${userId}::uuid, ${conversationId}::uuid, ${BigInt(message.seq)}, ${id}::uuid, ${at}) on conflict do nothing`
  if (!isNew) return
  await updateMessage(tx, message, sql`hidden_count = m.hidden_count + 1`)
  record(userId, { kind: 'MESSAGE_HIDDEN', conversationId, messageId: id })
}
