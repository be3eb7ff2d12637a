/** Removes the objects that came for a deleted tenant after its end. */
import { sweepTenant as kind } from '../accounts/sweep-tenant.ts'
import { objectsOf } from '../files/keys.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Uuid } from '../model.ts'
import type { Objects } from '../objects/objects.ts'

export const sweepTenant = ({ objects }: { objects: Objects }): JobHandler<{ tenantId: Uuid }> => ({
  kind,
  async handle({ tenantId }, signal) {
    for await (const key of objectsOf(objects, tenantId)) {
      signal.throwIfAborted()
      await objects.remove(key)
    }
  },
})
