/** Timed work that is left of a deleted tenant: what clients could still upload by requests that were signed for them before. */
import { jobKind, uuidIn } from '../jobs/kind.ts'
import type { Uuid } from '../model.ts'

export const sweepTenant = jobKind<{ tenantId: Uuid }>({
  name: 'sweep-tenant',
  parse: (stored) => ({ tenantId: uuidIn(stored, 'tenantId') }),
  everySeconds: 30,
})
