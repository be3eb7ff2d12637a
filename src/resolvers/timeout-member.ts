/** Lets a member read and no more for a while. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent } from './idempotent.ts'
import { assertRestriction, type RestrictionInput } from './restriction.ts'

type Input = RestrictionInput & { conversationId: string; until: Date }

export async function timeoutMember(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId: actorId } = viewer
  const { conversationId } = await idempotent(context, 'timeoutMember', input, async (once) => {
    const { reason } = await assertRestriction(context, input)
    const ids = [decodeId('conv', input.conversationId), decodeId('usr', input.userId)] as const
    const { conversation, membership, target } = await parts.access.toChange('REMOVE_MEMBERS', viewer, ...ids)
    if (target.userId === actorId) throw new ChatError('FORBIDDEN', { message: 'Nobody restricts himself' })
    const { id: conversationId } = conversation
    const { userId } = target
    const { until } = input
    const holds = { conversationId, userId: actorId, role: membership.role }
    return parts.append.change(
      { tenantId, actorId, streams: [conversationId, userId], once, holds },
      async ({ tx, at, record }) => {
        const where = { tenantId, conversationId, userId, kind: 'TIMEOUT' } as const
        await parts.restrictions.set(tx, { ...where, reason, actorId, at, until })
        record(conversationId, { kind: 'MEMBER_TIMED_OUT', userId, until })
        record(userId, {
          kind: 'RESTRICTED',
          conversationId,
          restriction: 'TIMEOUT',
          until,
          explanation: reason,
          isLifted: false,
        })
        return { conversationId }
      },
    )
  })
  return { conversation: await conversationById(context, conversationId) }
}
