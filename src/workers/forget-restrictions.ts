/** Takes away what is over: restrictions, bans of tenants and turns of slow mode. Nothing hangs on when that is done. */
import { recurringKind } from '../jobs/kind.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Restrictions } from '../moderation/restrictions.ts'

export const forgetRestrictions = ({ restrictions }: { restrictions: Restrictions }): JobHandler => ({
  kind: recurringKind('forget-restrictions', '17 * * * *'),
  handle: () => restrictions.forgetPast(),
})
