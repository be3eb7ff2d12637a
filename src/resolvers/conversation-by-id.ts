/** The conversation that a mutation has just changed, as it is now. */
import type { Context } from '../context.ts'
import type { Conversation, Uuid } from '../model.ts'

export async function conversationById({ parts, tenantId }: Context, id: Uuid): Promise<Conversation> {
  const [conversation] = await parts.conversations.byIds(tenantId, [id])
  if (!conversation) throw new Error('a conversation that was just changed is not there')
  return conversation
}
