/** Removes a member from a conversation in which the viewer may do that. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { assertRestriction } from './restriction.ts'

type Input = Repeatable & { conversationId: string; userId: string; reason?: string | null }

export async function removeMember(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, 'removeMember', input, async (once) => {
    const { reason: explanation } = await assertRestriction(context, input)
    const [conversationUuid, userUuid] = [decodeId('conv', input.conversationId), decodeId('usr', input.userId)]
    const { conversation, membership, target } = await parts.access.toChange(
      'REMOVE_MEMBERS',
      viewer,
      conversationUuid,
      userUuid,
    )
    const changes = [{ change: 'LEFT', userId: target.userId, reason: 'REMOVED', explanation }] as const
    return parts.append.changes({
      tenantId: viewer.tenantId,
      conversationId: conversation.id,
      actorId: viewer.userId,
      actorRole: membership.role,
      once,
      changes,
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}
