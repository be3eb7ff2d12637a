/** The one conversation of the viewer and another user: found, or begun. Two who open it at once get the same. */
import type { Context } from '../context.ts'
import { directKey } from '../conversations/conversations.ts'
import { ChatError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { knownUsers } from './known-users.ts'

export async function openDirectConversation(
  context: Context,
  input: { userId: string },
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const [other] = await knownUsers(context, [input.userId], 'input.userId')
  if (!other || other === userId)
    throw new ChatError('INVALID_INPUT', {
      message: 'A direct conversation needs another user than yourself',
      path: 'input.userId',
    })
  const key = directKey(userId, other)
  const known = await parts.conversations.direct(tenantId, key)
  if (known) return { conversation: known }
  const changes = [userId, other].map((member) => ({ change: 'JOINED', userId: member, role: 'MEMBER' }) as const)
  await parts.append.changes({
    tenantId,
    conversationId: newUuid(),
    actorId: userId,
    create: { kind: 'DIRECT', title: null, directKey: key },
    changes,
  })
  const conversation = await parts.conversations.direct(tenantId, key)
  if (!conversation) throw new Error('a direct conversation that was just begun is not there')
  return { conversation }
}
