/** Adds users to a conversation that the viewer manages; who is a member already stays as he is. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { addableUsers } from './known-users.ts'

type Input = Repeatable & { conversationId: string; userIds: readonly string[] }

export async function addMembers(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, 'addMembers', input, async (once) => {
    const { conversation, membership } = await parts.access.to(
      'ADD_MEMBERS',
      viewer,
      decodeId('conv', input.conversationId),
    )
    const users = await addableUsers(context, input.userIds, 'input.userIds', conversation.id)
    const changes = users.map((userId) => ({ change: 'JOINED', userId, role: 'MEMBER' }) as const)
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
