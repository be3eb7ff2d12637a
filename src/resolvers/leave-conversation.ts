/** Ends the viewer's own membership. The last owner hands his ownership on first, or archives. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId, encodeId } from '../lib/ids.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string }

export async function leaveConversation(context: Context, input: Input): Promise<{ conversationId: string }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, 'leaveConversation', input, async (once) => {
    const { conversation, membership } = await parts.access.to('LEAVE', viewer, decodeId('conv', input.conversationId))
    return parts.append.changes({
      tenantId: viewer.tenantId,
      conversationId: conversation.id,
      actorId: viewer.userId,
      actorRole: membership.role,
      once,
      also: async ({ tx }) => {
        if (
          membership.role === 'OWNER' &&
          conversation.memberCount > 1 &&
          (await parts.memberships.owners(tx, conversation)) < 2
        )
          throw new ChatError('FORBIDDEN', {
            message: 'You are the last owner: hand the ownership on first (transferOwnership)',
          })
      },
      changes: [{ change: 'LEFT', userId: viewer.userId, reason: 'LEFT' }],
    })
  })
  return { conversationId: encodeId('conv', conversationId) }
}
