/** Takes a ban or a timeout back. Where there is none, nothing changes. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation, RestrictionKind } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { knownUsers } from './known-users.ts'

type Input = Repeatable & { conversationId: string; userId: string; kind: RestrictionKind }

export async function liftRestriction(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId: actorId } = viewer
  const { conversationId } = await idempotent(context, 'liftRestriction', input, async (once) => {
    const { kind } = input
    const id = decodeId('conv', input.conversationId)
    await parts.access.to('REMOVE_MEMBERS', viewer, id)
    const [userId = ''] = await knownUsers(context, [input.userId], 'input.userId')
    const { conversation, membership } = await parts.access.toRestrict(viewer, id, userId)
    const { id: conversationId } = conversation
    const holds = { conversationId, userId: actorId, role: membership.role }
    return parts.append.change(
      { tenantId, actorId, streams: [conversationId, userId], once, holds },
      async ({ tx, record }) => {
        if (!(await parts.restrictions.lift(tx, { tenantId, conversationId, userId, kind }))) return { conversationId }
        if (kind === 'TIMEOUT') record(conversationId, { kind: 'MEMBER_TIMED_OUT', userId, until: null })
        const lifted = { until: null, explanation: null, isLifted: true }
        record(userId, { kind: 'RESTRICTED', conversationId, restriction: kind, ...lifted })
        return { conversationId }
      },
    )
  })
  return { conversation: await conversationById(context, conversationId) }
}
