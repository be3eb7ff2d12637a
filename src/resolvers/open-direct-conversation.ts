/** The one conversation of the viewer and another user: found, or begun. Two who open it at once get the same. */
import type { Context } from '../context.ts'
import { nobody } from '../conversations/approach.ts'
import { directKey } from '../conversations/conversations.ts'
import { assertNoGuest } from '../conversations/guests.ts'
import { ChatError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { knownUsers } from './known-users.ts'

type Input = Repeatable & { userId: string }

export async function openDirectConversation(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'openDirectConversation', input, async (once) => {
    assertNoGuest(viewer)
    const [other] = await knownUsers(context, [input.userId], 'input.userId')
    if (!other || other === userId)
      throw new ChatError('INVALID_INPUT', {
        message: 'A direct conversation needs another user than yourself',
        path: 'input.userId',
      })
    const asked = await context.loaders.user.load(other)
    const isStranger = asked !== null && (await parts.access.toApproach(viewer, asked)).isStranger
    const { contactRequests: isOn } = await context.features()
    const contact = isStranger && isOn ? { by: userId, to: other } : null
    return parts.append.changes({
      tenantId,
      conversationId: newUuid(),
      actorId: userId,
      once,
      // As for one who is shut out: nobody new is begun with. What was said before stays to be read.
      also: async ({ tx }) => {
        if (await parts.aversions.isUnreachable(tx, { tenantId, userId }, other)) throw nobody('input.userId')
      },
      create: { kind: 'DIRECT', title: null, directKey: directKey(userId, other), contact },
      changes: [userId, other].map((member) => ({ change: 'JOINED', userId: member, role: 'MEMBER' }) as const),
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}
