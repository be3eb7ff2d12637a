/**
 * Who may come to somebody who did not ask for it: begin a direct conversation with him, or put him into another one. `messagesFrom` is what he takes, and a block goes
 * before it.
 * A part of access.ts.
 */
import { ChatError } from '../errors.ts'
import { encodeId } from '../lib/ids.ts'
import type { User, UserCaller, Uuid } from '../model.ts'
import type { Acquaintances } from './acquaintances.ts'
import type { AversionStore } from './aversions.ts'

interface Adding {
  /** null: it is begun with them. */
  conversationId: Uuid | null
  path: string
}

interface Dependencies {
  acquaintances: Acquaintances
  aversions: Pick<AversionStore, 'severed'>
}

export function createApproach({ acquaintances, aversions }: Dependencies) {
  /** Of those whom he would add: by whom it is refused, and why. */
  async function refusing(viewer: UserCaller, users: readonly User[]): Promise<{ severed: User[]; choosy: User[] }> {
    const ids = users.map(({ id }) => id)
    const hasChoosy = users.some(({ messagesFrom }) => messagesFrom !== 'EVERYBODY')
    const [severed, common] = await Promise.all([
      aversions.severed(viewer.tenantId, viewer.userId, ids),
      hasChoosy ? acquaintances.commonWith(viewer, ids) : NONE,
    ])
    const isOpenTo = ({ id, messagesFrom }: User): boolean => {
      const { hasDirect = false } = common.get(id) ?? {}
      return messagesFrom === 'EVERYBODY' || hasDirect || (common.has(id) && messagesFrom === 'SHARED_CONVERSATION')
    }
    return { severed: users.filter((_, i) => severed[i]), choosy: users.filter((user) => !isOpenTo(user)) }
  }

  return {
    /** To begin a direct conversation with him, or to find the one that there is: that stays open to both. The tenant's own people are no strangers. */
    async toApproach(viewer: UserCaller, { id, messagesFrom }: User): Promise<{ isStranger: boolean }> {
      const { sharesOne, hasDirect, isKnown } = await acquaintances.between(viewer, id)
      if (messagesFrom !== 'EVERYBODY' && !hasDirect && !(sharesOne && messagesFrom === 'SHARED_CONVERSATION'))
        throw new ChatError('FORBIDDEN', { message: 'This user takes no direct messages from you' })
      return { isStranger: !isKnown && viewer.role === 'USER' }
    },

    /**
     * To put them into a conversation. Of a direct one that waits for an answer nothing follows; who is a member already stays one. Throws NOT_FOUND, as for somebody
     * who is gone, where one of the two has blocked the other, and FORBIDDEN.
     */
    async toAdd(viewer: UserCaller, users: readonly User[], { conversationId, path }: Adding): Promise<void> {
      const others = users.filter(({ id }) => id !== viewer.userId)
      if (!others.length) return
      const { severed, choosy } = await refusing(viewer, others)
      if (severed.length + choosy.length === 0) return
      const ids = others.map(({ id }) => id)
      const members = conversationId ? await acquaintances.among(viewer.tenantId, ids, [conversationId]) : []
      const isNew = ({ id }: User): boolean => !members.some(({ userId }) => userId === id)
      if (severed.some(isNew)) throw nobody(path)
      const names = choosy.filter(isNew).map(({ id }) => encodeId('usr', id))
      if (!names.length) return
      throw new ChatError('FORBIDDEN', {
        message: `Not everybody may add these users to a conversation: ${names.join(', ')}. Nobody was added; leave them out, and send them an invite (createInvite)`,
        path,
      })
    },
  }
}

const NONE: Awaited<ReturnType<Acquaintances['commonWith']>> = new Map()

export const nobody = (path: string): ChatError =>
  new ChatError('NOT_FOUND', { message: `${path} names a user that is not there`, path })
