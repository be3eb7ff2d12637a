/** Messages as raw queries select them, and as the rest of the program knows them. */
import { sql } from '../db.ts'
import type { Mention, Message, Urgency } from '../model.ts'

/** Of `message m`. */
export const messageColumns = sql`m.tenant_id as "tenantId", m.id, m.conversation_id as "conversationId", m.seq, m.author_id as "authorId", m.client_message_id as "clientMessageId",
  m.text, m.reply_to_id as "replyToId", m.metadata, m.created_at as "createdAt", m.thread_id as "threadId", m.also_in_conversation as "alsoInConversation", m.silent, m.urgency,
  m.mentions, m.revision, m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.deleted_by as "deletedBy", m.pinned_at as "pinnedAt", m.pinned_by as "pinnedBy",
  m.has_thread as "hasThread", m.reaction_kinds as "reactionKinds", m.hidden_count as "hiddenCount",
  m.attachment_count as "attachmentCount", m.expires_at as "expiresAt"`

export interface MessageRow extends Omit<Message, 'seq' | 'urgency' | 'metadata' | 'mentions' | 'seen'> {
  seq: bigint
  urgency: string
  metadata: unknown
  mentions: unknown
}

export function messageOf(row: MessageRow): Message {
  const { tenantId, id, conversationId, authorId, clientMessageId, text, replyToId, createdAt, threadId } = row
  const { alsoInConversation, silent, revision, editedAt, deletedAt, deletedBy, pinnedAt, pinnedBy } = row
  const { hasThread, reactionKinds, hiddenCount, attachmentCount, expiresAt } = row
  return {
    tenantId,
    id,
    conversationId,
    seq: Number(row.seq),
    authorId,
    clientMessageId,
    text,
    replyToId,
    metadata: row.metadata as Message['metadata'],
    createdAt,
    threadId,
    alsoInConversation,
    silent,
    urgency: row.urgency as Urgency,
    mentions: (row.mentions as Mention[] | null) ?? [],
    revision,
    editedAt,
    deletedAt,
    deletedBy,
    pinnedAt,
    pinnedBy,
    hasThread,
    reactionKinds,
    hiddenCount,
    attachmentCount,
    expiresAt,
  }
}
