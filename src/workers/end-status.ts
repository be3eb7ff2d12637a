/** Takes a status away when it is over, and tells those who see it: the user’s own devices by his log, all others at once. */
import { endStatus, endStatusKind } from '../accounts/profiles.ts'
import type { Users } from '../accounts/users.ts'
import type { PresenceChanges } from '../ephemera/presence-changes.ts'
import type { JobHandler } from '../jobs/queue.ts'
import type { Append } from '../messages/append.ts'
import type { UserName } from '../model.ts'

interface Dependencies {
  users: Users
  append: Append
  changes: PresenceChanges
}

export const endStatusInTime = ({ users, append, changes }: Dependencies): JobHandler<UserName> => ({
  kind: endStatusKind,
  async handle(user) {
    const { tenantId, userId } = user
    const [found] = await users.byIds(tenantId, [userId])
    if (!found || found.erasedAt) return
    await append.change({ tenantId, actorId: userId, streams: [userId], once: null }, async ({ tx, record }) => {
      if (await endStatus(tx, user)) record(userId, { kind: 'ACCOUNT_UPDATED', changed: ['STATUS'] })
      return {}
    })
    changes.userChanged(user) // again, too, when it was done before: whoever did it may have died before he told
  },
})
