/** Makes a conversation read-only, and lively again. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string }

export const archiveConversation = (context: Context, input: Input) =>
  setArchived(context, input, 'archiveConversation')
export const unarchiveConversation = (context: Context, input: Input) =>
  setArchived(context, input, 'unarchiveConversation')

async function setArchived(
  context: Context,
  input: Input,
  mutation: 'archiveConversation' | 'unarchiveConversation',
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, mutation, input, async (once) => {
    const { conversation, membership } = await parts.access.to(
      'ARCHIVE',
      viewer,
      decodeId('conv', input.conversationId),
    )
    const holds = { conversationId: conversation.id, userId: viewer.userId, role: membership.role }
    return parts.append.change(
      { tenantId: viewer.tenantId, actorId: viewer.userId, streams: [conversation.id], once, holds },
      async ({ tx, at, record }) => {
        const isChanged = await parts.conversations.archive(
          tx,
          conversation,
          mutation === 'archiveConversation' ? at : null,
        )
        if (isChanged)
          record(conversation.id, {
            kind: mutation === 'archiveConversation' ? 'CONVERSATION_ARCHIVED' : 'CONVERSATION_UNARCHIVED',
          })
        return { conversationId: conversation.id }
      },
    )
  })
  return { conversation: await conversationById(context, conversationId) }
}
