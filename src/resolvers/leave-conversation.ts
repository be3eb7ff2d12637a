/** Ends the viewer's own membership. */
import type { Context } from '../context.ts'
import { decodeId, encodeId } from '../lib/ids.ts'

export async function leaveConversation(
  { parts, viewer }: Context,
  input: { conversationId: string },
): Promise<{ conversationId: string }> {
  const { conversation, membership } = await parts.access.toLeave(viewer, decodeId('conv', input.conversationId))
  const changes = [{ change: 'LEFT', userId: viewer.userId, reason: 'LEFT' }] as const
  await parts.append.changes({
    tenantId: viewer.tenantId,
    conversationId: conversation.id,
    actorId: viewer.userId,
    actorRole: membership.role,
    changes,
  })
  return { conversationId: encodeId('conv', conversation.id) }
}
