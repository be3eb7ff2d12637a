/**
 * Who may come to somebody who did not ask for it: begin a direct conversation with him, or put him into another one. `messagesFrom` is what he takes.
 * A part of access.ts.
 */
import { ChatError } from '../errors.ts'
import { encodeId } from '../lib/ids.ts'
import type { User, UserCaller, Uuid } from '../model.ts'
import type { Acquaintances } from './acquaintances.ts'

interface Adding {
  /** null: it is begun with them. */
  conversationId: Uuid | null
  path: string
}

export function createApproach({ acquaintances }: { acquaintances: Acquaintances }) {
  return {
    /** To begin a direct conversation with him, or to find the one that there is: that stays open to both. The tenant's own people are no strangers. */
    async toApproach(viewer: UserCaller, { id, messagesFrom }: User): Promise<{ isStranger: boolean }> {
      const { sharesOne, hasDirect, isKnown } = await acquaintances.between(viewer, id)
      if (messagesFrom !== 'EVERYBODY' && !hasDirect && !(sharesOne && messagesFrom === 'SHARED_CONVERSATION'))
        throw new ChatError('FORBIDDEN', { message: 'This user takes no direct messages from you' })
      return { isStranger: !isKnown && viewer.role === 'USER' }
    },

    /** To put them into a conversation. Of a direct one that waits for an answer nothing follows; who is a member already stays one. */
    async toAdd(viewer: UserCaller, users: readonly User[], { conversationId, path }: Adding): Promise<void> {
      const choosy = users.filter(({ id, messagesFrom }) => messagesFrom !== 'EVERYBODY' && id !== viewer.userId)
      if (!choosy.length) return
      const ids = choosy.map(({ id }) => id)
      const [common, members] = await Promise.all([
        acquaintances.commonWith(viewer, ids),
        conversationId === null ? [] : acquaintances.among(viewer.tenantId, ids, [conversationId]),
      ])
      const isOpenTo = ({ id, messagesFrom }: User): boolean => {
        const { hasDirect = false } = common.get(id) ?? {}
        return hasDirect || (common.has(id) && messagesFrom === 'SHARED_CONVERSATION')
      }
      const refusing = choosy.filter((user) => !isOpenTo(user) && !members.some(({ userId }) => userId === user.id))
      if (!refusing.length) return
      const names = refusing.map(({ id }) => encodeId('usr', id)).join(', ')
      throw new ChatError('FORBIDDEN', {
        message: `Not everybody may add these users to a conversation: ${names}. Nobody was added; leave them out, and send them an invite (createInvite)`,
        path,
      })
    },
  }
}
