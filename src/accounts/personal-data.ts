/**
 * Which columns of which tables tell of a person, and what becomes of them when he is forgotten: the one list. A test compares it with prisma/schema.prisma, so that
 * no column is forgotten; the erasure does what stands here, in this order.
 */

import { ids, none, personal, plain, type Table } from './personal-columns.ts'
import { exportData } from './personal-exports.ts'
import { messageData } from './personal-messages.ts'
import { reportedData } from './personal-reports.ts'
import { tenantData } from './personal-tenants.ts'

export const personalData = {
  ...messageData,
  user: {
    rows: 'EMPTIED',
    of: 'id',
    columns: {
      external_id: { becomes: `'parley-erased:' || id` },
      name: { becomes: `'Deleted user'` },
      avatar_url: none,
      bio: none,
      given_name: none,
      given_avatar_url: none,
      status_text: none,
      status_emoji: none,
      status_expires_at: none,
      last_seen_at: none,
      role: { becomes: `'USER'` },
      ...ids('tenant_id', 'id', 'guest_of'),
      ...plain('created_at', 'updated_at', 'deactivated_at', 'signed_out_at', 'erased_at'),
      ...plain('receipts', 'shows_last_seen', 'is_invisible', 'presence_to', 'messages_from'),
      ...plain('known_since'),
    },
  },
  membership: {
    rows: 'EMPTIED',
    of: 'user_id',
    columns: {
      pin_order: none,
      muted_until: none,
      hidden_seq: none,
      ...ids('tenant_id', 'conversation_id', 'user_id'),
      ...plain('joined_seq', 'role', 'joined_at', 'left_seq', 'left_position', 'left_at', 'read_seq', 'read_ordinal'),
      ...plain('own_unread', 'delivered_seq', 'joined_ordinal'),
    },
  },
  /** Its objects go by the way of every removal: files/ does what is due. */
  attachment: {
    rows: 'EMPTIED',
    of: 'owner_id',
    columns: {
      name: { becomes: `'erased'` },
      state: { becomes: `case when state = 'REMOVED' then state else 'REMOVING' end` },
      remove_at: {
        becomes: `case when state = 'REMOVED' then remove_at else least(coalesce(remove_at, now()), now()) end`,
      },
      ...ids('tenant_id', 'id', 'owner_id', 'object_id', 'message_id'),
      ...plain('scan', 'content_type', 'bytes', 'width', 'height', 'has_thumbnail', 'created_at'),
      ...plain('upload_expires_at', 'is_upload_swept', 'place'),
    },
  },
  sent: {
    rows: 'DELETED',
    of: 'author_id',
    columns: {
      ...personal('client_message_id', 'payload_hash'),
      ...ids('tenant_id', 'conversation_id', 'author_id', 'message_id'),
      ...plain('seq', 'created_at'),
    },
  },
  scheduled_message: {
    rows: 'DELETED',
    of: 'author_id',
    columns: {
      ...personal('input', 'failure_explanation'),
      ...ids('tenant_id', 'id', 'author_id', 'conversation_id', 'job_id'),
      ...plain('due_at', 'created_at', 'state', 'failure_code'),
    },
  },
  mutation_done: {
    rows: 'DELETED',
    of: 'caller_id',
    columns: {
      ...personal('client_mutation_id', 'payload_hash', 'result'),
      ...ids('tenant_id', 'caller_id'),
      ...plain('created_at'),
    },
  },
  connection: {
    rows: 'DELETED',
    of: 'user_id',
    columns: {
      ...personal('address', 'user_agent', 'token_hash'),
      ...ids('tenant_id', 'user_id', 'id', 'node'),
      ...plain('token_expires_at', 'opened_at', 'closed_at'),
    },
  },
  signed_out_token: {
    rows: 'DELETED',
    of: 'user_id',
    columns: { ...personal('token_hash'), ...ids('tenant_id', 'user_id'), ...plain('signed_out_at', 'expires_at') },
  },
  message_hidden: {
    rows: 'DELETED',
    of: 'user_id',
    columns: { ...ids('tenant_id', 'user_id', 'conversation_id', 'message_id'), ...plain('seq', 'at') },
  },
  thread_member: {
    rows: 'DELETED',
    of: 'user_id',
    columns: {
      ...ids('tenant_id', 'thread_id', 'user_id', 'conversation_id'),
      ...plain('is_following', 'replies', 'first_seq', 'read_seq', 'read_ordinal', 'own_unread'),
    },
  },
  mention: {
    rows: 'DELETED',
    of: 'user_id',
    columns: {
      ...ids('tenant_id', 'conversation_id', 'user_id', 'message_id', 'author_id', 'thread_id'),
      ...plain('seq', 'is_in_conversation'),
    },
  },
  slow_mode_turn: {
    rows: 'DELETED',
    of: 'user_id',
    columns: { ...personal('client_message_id'), ...ids('tenant_id', 'conversation_id', 'user_id'), ...plain('at') },
  },
  /** Who is erased cannot come back to what he was kept out of: it says of nobody why. */
  restriction: {
    rows: 'DELETED',
    of: 'user_id',
    columns: {
      ...personal('reason'),
      ...ids('tenant_id', 'conversation_id', 'user_id', 'actor_id'),
      ...plain('kind', 'at', 'until'),
    },
  },
  user_aversion: {
    rows: 'DELETED',
    of: 'user_id',
    columns: { ...ids('tenant_id', 'user_id', 'other_id'), ...plain('blocked_at', 'muted_at', 'changed_at') },
  },
  user_ban: {
    rows: 'DELETED',
    of: 'user_id',
    columns: { ...personal('reason'), ...ids('tenant_id', 'user_id', 'actor_id'), ...plain('at', 'until') },
  },
  ...reportedData,
  /** What a conversation is called is its own, whoever said so. */
  conversation: {
    rows: 'KEPT',
    columns: {
      ...ids('tenant_id', 'id', 'direct_key', 'created_by', 'contact_by', 'contact_to'),
      ...plain(
        'kind',
        'title',
        'topic',
        'avatar_url',
        'metadata',
        'visibility',
        'slow_mode_seconds',
        'history',
        'archived_at',
        'member_count',
        'created_at',
        'contact_state',
      ),
    },
  },
  /** Kind and ids; of a conversation's change what it was called. What his own log tells of him in the words of others goes. */
  log_event: {
    rows: 'EMPTIED',
    of: 'stream_id',
    columns: {
      detail: { becomes: `case when jsonb_typeof(detail) = 'object' then detail - 'explanation' else detail end` },
      ...ids('tenant_id', 'stream_id', 'actor_id', 'subject_id'),
      ...plain('seq', 'position', 'kind', 'at'),
    },
  },
  invite: {
    rows: 'KEPT',
    columns: {
      ...ids('tenant_id', 'id', 'conversation_id', 'created_by'),
      ...plain('code_hash', 'created_at', 'expires_at', 'max_uses', 'uses', 'revoked_at'),
    },
  },
  thread: {
    rows: 'KEPT',
    columns: { ...ids('tenant_id', 'message_id', 'conversation_id'), ...plain('root_seq', 'reply_count', 'counted') },
  },
  stream: {
    rows: 'KEPT',
    columns: { ...ids('tenant_id', 'id'), ...plain('last_seq', 'last_position', 'last_tick', 'counted') },
  },
  ...exportData,
  erasure: {
    rows: 'KEPT',
    columns: {
      ...ids('tenant_id', 'user_id', 'id', 'place_id', 'claim'),
      ...plain('name_hash', 'requested_at', 'by_user', 'place_seq', 'receipt', 'claimed_until', 'finished_at'),
    },
  },
  ...tenantData,
  tenant_usage: { rows: 'KEPT', columns: plain('tenant_id', 'messages') },
  node_life: { rows: 'KEPT', columns: plain('node', 'seen_at') },
  log_epoch: { rows: 'KEPT', columns: plain('n', 'base', 'system_identifier', 'timeline', 'began_at') },
  consumer_checkpoint: { rows: 'KEPT', columns: plain('consumer', 'shard', 'position', 'updated_at') },
} as const satisfies Record<string, Table>

export type PersonalTables = Readonly<Record<string, Table>>
