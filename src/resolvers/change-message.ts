/** What edits, deletions, pins and reactions share: may the viewer, once, in one transaction that holds the conversation. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Limits } from '../limits.ts'
import type { Changing } from '../messages/change.ts'
import type { Conversation, Message, MessageCapability } from '../model.ts'
import { messageById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

export type MessageInput = Repeatable & { messageId: string }

interface Change<Input> {
  mutation: string
  input: Input
  capability: MessageCapability
  /** Awaits nothing but the database. */
  work: (changing: Changing, message: Message, limits: Limits, conversation: Conversation) => Promise<void>
}

export async function changeMessage<Input extends MessageInput>(
  context: Context,
  { mutation, input, capability, work }: Change<Input>,
): Promise<{ message: Message }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { messageId } = await idempotent(context, mutation, input, async (once) => {
    const limits = await context.limits()
    const id = decodeId('msg', input.messageId)
    const { conversation, membership, message } = await parts.access.toMessage(capability, viewer, id, limits)
    if (capability === 'REACT') await parts.rateLimits.inPublic(viewer, conversation, limits)
    const isReachable = conversation.kind === 'DIRECT' && capability !== 'DELETE'
    const holds = { conversationId: conversation.id, userId, role: membership.role, isReachable }
    return parts.append.change(
      { tenantId, actorId: userId, streams: [conversation.id], once, holds },
      async (changing) => {
        await work(changing, message, limits, conversation)
        return { messageId: message.id }
      },
    )
  })
  return { message: await messageById(context, messageId) }
}
