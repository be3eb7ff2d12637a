/** Takes away invites that ended long ago. Nothing hangs on when that is done: what is over lets nobody in. */
import type { Invites } from '../conversations/invites.ts'
import { recurringKind } from '../jobs/kind.ts'
import type { JobHandler } from '../jobs/queue.ts'

export const forgetInvites = ({ invites }: { invites: Invites }): JobHandler => ({
  kind: recurringKind('forget-invites', '29 4 * * *'),
  async handle(_, signal) {
    while (!signal.aborted && (await invites.forgetPast()) === 'more');
  },
})
