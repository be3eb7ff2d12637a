/** What is personal of messages and what hangs on them: a part of the one list in personal-data.ts. */
import { ids, personal, plain, type Table } from './personal-columns.ts'

export const messageData = {
  message: {
    rows: 'MESSAGES',
    of: 'author_id',
    columns: {
      ...personal('text', 'metadata', 'mentions', 'client_message_id'),
      ...ids('tenant_id', 'id', 'conversation_id', 'author_id', 'reply_to_id', 'thread_id', 'deleted_by', 'pinned_by'),
      ...plain(
        'seq',
        'created_at',
        'also_in_conversation',
        'silent',
        'urgency',
        'ordinal',
        'thread_ordinal',
        'revision',
      ),
      ...plain('edited_at', 'deleted_at', 'pinned_at', 'has_thread', 'reaction_kinds', 'hidden_count'),
      ...plain('attachment_count', 'expires_at'),
    },
  },
  message_revision: {
    rows: 'WITH_MESSAGES',
    columns: {
      ...personal('text', 'mentions', 'metadata'),
      ...ids('tenant_id', 'message_id'),
      ...plain('revision', 'written_at'),
    },
  },
  reaction: {
    rows: 'REACTIONS',
    of: 'user_id',
    columns: { ...personal('emoji'), ...ids('tenant_id', 'message_id', 'user_id'), ...plain('seq', 'at') },
  },
  reaction_count: {
    rows: 'WITH_MESSAGES',
    columns: { ...ids('tenant_id', 'message_id'), ...plain('emoji', 'count', 'first_seq') },
  },
} as const satisfies Record<string, Table>
