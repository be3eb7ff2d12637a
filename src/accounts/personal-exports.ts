/** The part of the list of what is personal that exports are made of. Their objects are taken away by the erasure before the rows. */
import { ids, personal, plain, type Table } from './personal-columns.ts'

export const exportData = {
  export: {
    rows: 'DELETED',
    of: 'user_id',
    columns: {
      ...personal('place'),
      ...ids('tenant_id', 'id', 'user_id'),
      ...plain('by_user', 'requested_at', 'state', 'kept', 'seen', 'to_see', 'messages', 'bytes', 'failures'),
      ...plain('finished_at', 'expires_at'),
    },
  },
  export_part: {
    rows: 'DELETED',
    of: 'user_id',
    columns: {
      ...personal('name'),
      ...ids('tenant_id', 'export_id', 'user_id', 'object_id'),
      ...plain('is_deflated', 'bytes', 'plain_bytes', 'crc'),
    },
  },
} as const satisfies Record<string, Table>
