/** Brings a message back that was hidden and not for its author: as it was, but for reactions and its pin. Members hear of it as of an edit. */
import { sql } from '../db.ts'
import { releaseFiles, restoreFiles } from '../files/attachments.ts'
import type { Message } from '../model.ts'
import type { Changing } from './change.ts'
import { type MessageName, rewriteMentions, updateMessage } from './current.ts'
import type { Revision } from './history.ts'
import { type MessageRow, messageColumns, messageOf } from './rows.ts'

export type Restored = Pick<Message, 'text' | 'metadata' | 'mentions' | 'replyToId'> & {
  revisions: readonly Revision[]
}

/** Nothing where it is there, and of somebody who is erased: then its files go. */
export async function restore({ tx, record }: Changing, name: MessageName, was: Restored): Promise<void> {
  const { tenantId, id } = name
  const [row] = await tx.$queryRaw<(MessageRow & { isErased: boolean })[]>`
    select ${messageColumns}, exists (select from "user" u where u.tenant_id = m.tenant_id and u.id = m.author_id and u.erased_at is not null) as "isErased"
    from message m where m.tenant_id = ${tenantId}::uuid and m.id = ${id}::uuid`
  if (!row?.deletedAt) return
  if (row.isErased) return releaseFiles(tx, name)
  const files = await restoreFiles(tx, name)
  const before = messageOf(row)
  const { text, metadata, mentions, replyToId, revisions } = was
  await tx.$executeRaw`
    insert into message_revision (tenant_id, message_id, revision, text, mentions, metadata, written_at)
    select ${tenantId}::uuid, ${id}::uuid, r.revision, r.text, nullif(r.mentions, '[]'), r.metadata, r."writtenAt"
    from jsonb_to_recordset(${JSON.stringify(revisions)}::jsonb) as r(revision integer, text text, mentions jsonb, metadata jsonb, "writtenAt" timestamptz) on conflict do nothing`
  const after = await updateMessage(
    tx,
    name,
    sql`text = ${text}, metadata = ${metadata && JSON.stringify(metadata)}::jsonb, mentions = ${mentions.length ? JSON.stringify(mentions) : null}::jsonb,
      reply_to_id = ${replyToId}::uuid, attachment_count = ${files}, deleted_at = null, deleted_by = null`,
  )
  await rewriteMentions(tx, before, after)
  if (after.threadId) {
    await tx.$executeRaw`update thread set reply_count = reply_count + 1 where tenant_id = ${tenantId}::uuid and message_id = ${after.threadId}::uuid`
    await tx.$executeRaw`update thread_member set replies = replies + 1 where tenant_id = ${tenantId}::uuid and thread_id = ${after.threadId}::uuid and user_id = ${after.authorId}::uuid`
  }
  record(after.conversationId, { kind: 'MESSAGE_EDITED', message: after })
}
