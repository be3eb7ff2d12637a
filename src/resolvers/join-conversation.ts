/** Joins a public channel. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string }

export async function joinConversation(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'joinConversation', input, async (once) => {
    const conversation = await parts.access.toJoin(viewer, decodeId('conv', input.conversationId))
    await parts.rateLimits.inPublic(viewer, conversation, await context.limits())
    return parts.append.changes({
      tenantId,
      conversationId: conversation.id,
      actorId: userId,
      once,
      changes: [{ change: 'JOINED', userId, role: 'MEMBER' }],
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}
