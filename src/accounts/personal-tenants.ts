/** The part of the list of what is personal that is of tenants as a whole: of no user. */
import { ids, plain, type Table } from './personal-columns.ts'

const ofKeys = ['id', 'tenant_id', 'created_at', 'revoked_at']

export const tenantData = {
  tenant: { rows: 'KEPT', columns: plain('id', 'slug', 'name', 'settings', 'created_at', 'suspended_at') },
  tenant_key: {
    rows: 'KEPT',
    columns: plain(...ofKeys, 'kid', 'issuer', 'audience', 'secret', 'jwks_url', 'expires_at'),
  },
  api_key: { rows: 'KEPT', columns: plain(...ofKeys, 'name', 'hash', 'scopes') },
  /** What a consumer said of an event, which is ids: none writes what users said. */
  consumer_dead_letter: {
    rows: 'KEPT',
    columns: {
      ...ids('tenant_id', 'stream_id', 'subject_id'),
      ...plain('id', 'consumer', 'seq', 'position', 'kind', 'error', 'tries', 'at'),
    },
  },
  tenant_deletion: { rows: 'KEPT', columns: plain('tenant_id', 'slug', 'began_at', 'receipt', 'finished_at') },
} as const satisfies Record<string, Table>
