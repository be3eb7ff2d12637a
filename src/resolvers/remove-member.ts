/** Removes a member from a conversation that the viewer manages. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'

export async function removeMember(
  { parts, viewer }: Context,
  input: { conversationId: string; userId: string },
): Promise<{ conversation: Conversation }> {
  const { conversation, membership, target } = await parts.access.toRemove(
    viewer,
    decodeId('conv', input.conversationId),
    decodeId('usr', input.userId),
  )
  const changes = [{ change: 'LEFT', userId: target, reason: target === viewer.userId ? 'LEFT' : 'REMOVED' }] as const
  await parts.append.changes({
    tenantId: viewer.tenantId,
    conversationId: conversation.id,
    actorId: viewer.userId,
    actorRole: membership.role,
    changes,
  })
  return { conversation }
}
