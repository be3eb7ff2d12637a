/** Keeps somebody out of a conversation: he is no longer a member, and becomes none by any way until the ban is over or lifted. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent } from './idempotent.ts'
import { knownUsers } from './known-users.ts'
import { assertRestriction, type RestrictionInput } from './restriction.ts'

type Input = RestrictionInput & { conversationId: string }

export async function banMember(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId: actorId } = viewer
  const { conversationId } = await idempotent(context, 'banMember', input, async (once) => {
    const { reason, until } = await assertRestriction(context, input)
    const id = decodeId('conv', input.conversationId)
    await parts.access.to('REMOVE_MEMBERS', viewer, id)
    const [userId = ''] = await knownUsers(context, [input.userId], 'input.userId')
    const { conversation, membership } = await parts.access.toRestrict(viewer, id, userId)
    const where = { tenantId, conversationId: conversation.id }
    return parts.append.changes({
      ...where,
      actorId,
      actorRole: membership.role,
      once,
      also: async ({ tx, at, record }) => {
        await parts.restrictions.set(tx, { ...where, userId, kind: 'BAN', reason, actorId, at, until })
        record(userId, {
          kind: 'RESTRICTED',
          conversationId: conversation.id,
          restriction: 'BAN',
          until,
          explanation: reason,
          isLifted: false,
        })
      },
      changes: [{ change: 'LEFT', userId, reason: 'BANNED', explanation: reason }],
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}
