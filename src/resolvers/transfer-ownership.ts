/** Makes another member the owner; who hands it on stays as a manager. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string; userId: string }

export async function transferOwnership(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, 'transferOwnership', input, async (once) => {
    const { conversation, membership } = await parts.access.to(
      'TRANSFER_OWNERSHIP',
      viewer,
      decodeId('conv', input.conversationId),
    )
    const heir = decodeId('usr', input.userId)
    const facts =
      heir && heir !== viewer.userId
        ? await parts.memberships.facts({ tenantId: viewer.tenantId, conversationId: conversation.id, userId: heir })
        : null
    if (!facts?.membership)
      throw new ChatError('NOT_FOUND', { message: 'There is no such other member', path: 'input.userId' })
    const { membership: target } = facts
    const holds = { conversationId: conversation.id, userId: viewer.userId, role: membership.role }
    return parts.append.change(
      { tenantId: viewer.tenantId, actorId: viewer.userId, streams: [conversation.id], once, holds },
      async ({ tx, record }) => {
        const previousRole = await parts.memberships.setRole(tx, target, 'OWNER')
        if (!previousRole) return { conversationId: conversation.id } // an owner already
        await parts.memberships.setRole(tx, membership, 'MANAGER')
        record(conversation.id, { kind: 'MEMBER_ROLE_CHANGED', userId: target.userId, role: 'OWNER', previousRole })
        record(conversation.id, {
          kind: 'MEMBER_ROLE_CHANGED',
          userId: viewer.userId,
          role: 'MANAGER',
          previousRole: 'OWNER',
        })
        return { conversationId: conversation.id }
      },
    )
  })
  return { conversation: await conversationById(context, conversationId) }
}
