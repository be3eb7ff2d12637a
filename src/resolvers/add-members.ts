/** Adds users to a conversation that the viewer manages; who is a member already stays as he is. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { knownUsers } from './known-users.ts'

export async function addMembers(
  context: Context,
  input: { conversationId: string; userIds: readonly string[] },
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversation, membership } = await parts.access.toManageMembers(
    viewer,
    decodeId('conv', input.conversationId),
  )
  const users = await knownUsers(context, input.userIds, 'input.userIds')
  const changes = users.map((userId) => ({ change: 'JOINED', userId, role: 'MEMBER' }) as const)
  await parts.append.changes({
    tenantId: viewer.tenantId,
    conversationId: conversation.id,
    actorId: viewer.userId,
    actorRole: membership.role,
    changes,
  })
  return { conversation }
}
