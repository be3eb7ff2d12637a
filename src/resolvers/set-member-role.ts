/** Makes a member something else in a conversation; ownership goes by transferOwnership. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation, MemberRole } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string; userId: string; role: Exclude<MemberRole, 'OWNER'> }

export async function setMemberRole(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, 'setMemberRole', input, async (once) => {
    const [conversationUuid, userUuid] = [decodeId('conv', input.conversationId), decodeId('usr', input.userId)]
    const { conversation, membership, target } = await parts.access.toChange(
      'SET_ROLES',
      viewer,
      conversationUuid,
      userUuid,
    )
    const holds = { conversationId: conversation.id, userId: viewer.userId, role: membership.role }
    return parts.append.change(
      { tenantId: viewer.tenantId, actorId: viewer.userId, streams: [conversation.id], once, holds },
      async ({ tx, record }) => {
        const previousRole = await parts.memberships.setRole(tx, target, input.role)
        if (previousRole)
          record(conversation.id, {
            kind: 'MEMBER_ROLE_CHANGED',
            userId: target.userId,
            role: input.role,
            previousRole,
          })
        return { conversationId: conversation.id }
      },
    )
  })
  return { conversation: await conversationById(context, conversationId) }
}
