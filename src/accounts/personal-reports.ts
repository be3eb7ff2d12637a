/** The part of the list of what is personal that reports are made of. What is under legal hold stays until that is lifted. */
import { ids, none, plain, type Table } from './personal-columns.ts'

export const reportedData = {
  /** It stays counted. */
  report: {
    rows: 'EMPTIED',
    of: 'reporter_id',
    columns: { comment: none, ...ids('tenant_id', 'case_id', 'reporter_id'), ...plain('at') },
  },
  evidence: {
    rows: 'EMPTIED',
    of: 'author_id',
    columns: {
      content: { becomes: 'case when is_held then content end' },
      ...ids('tenant_id', 'case_id', 'subject_id', 'author_id'),
      ...plain('revision', 'is_reported', 'taken_at', 'is_held'),
    },
  },
  moderation_case: {
    rows: 'KEPT',
    columns: {
      ...ids('tenant_id', 'id', 'subject_id', 'user_id', 'conversation_id'),
      ...plain('subject_kind', 'reason', 'state', 'urgency', 'report_count', 'first_reported_at', 'last_reported_at'),
      ...plain('held_at', 'released_at'),
    },
  },
  /** An operator is no user. */
  evidence_access: {
    rows: 'KEPT',
    columns: { ...ids('tenant_id', 'id', 'case_id'), ...plain('action', 'operator', 'why', 'at') },
  },
} as const satisfies Record<string, Table>
