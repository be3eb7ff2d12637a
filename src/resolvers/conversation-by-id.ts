/**
 * The conversation, or the message, that a mutation has changed, as it is now. A repeated one answers as before, but to somebody who has been shut out
 * since it tells nothing: throws FORBIDDEN or NOT_FOUND.
 */
import type { Context } from '../context.ts'
import { seenIn } from '../conversations/access.ts'
import { seenBy } from '../messages/seen.ts'
import type { Conversation, Message, Uuid } from '../model.ts'

export async function conversationById({ parts, tenantId, caller }: Context, id: Uuid): Promise<Conversation> {
  if (caller?.kind === 'USER') return (await parts.access.to('READ', caller, id)).conversation
  const [conversation] = await parts.conversations.byIds(tenantId, [id])
  if (!conversation) throw new Error('a conversation that was just changed is not there')
  return conversation
}

export async function messageById({ parts, tenantId, caller }: Context, id: Uuid): Promise<Message> {
  const [message] = await parts.history.byIds(tenantId, [id])
  if (!message) throw new Error('a message that was just changed is not there')
  if (caller?.kind !== 'USER') return message
  return seenBy(message, seenIn(await parts.access.to('READ', caller, message.conversationId)))
}
