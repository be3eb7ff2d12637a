/** Says something in a conversation: may the caller, is it sound, store it for good. All else follows the log. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { draft } from '../messages/draft.ts'
import type { Conversation, Message, Uuid } from '../model.ts'

export interface SendMessageInput {
  conversationId: string
  clientMessageId: string
  text: string
  replyToId?: string | null
  metadata?: Record<string, unknown> | null
  asUserId?: string | null
}

export interface SentMessage {
  message: Message
  deduplicated: boolean
}

export async function sendMessage(context: Context, input: SendMessageInput): Promise<SentMessage> {
  const { parts, tenantId } = context
  const { conversationId, authorId, senderId } = await speaker(context, input)
  const clean = draft({ ...input, replyToId: replyTo(input.replyToId) }, await context.limits())
  return parts.append.message({ ...clean, tenantId, conversationId, authorId, senderId })
}

/** A user speaks for himself; a server key as a member, or as the system. */
async function speaker(
  context: Context,
  input: SendMessageInput,
): Promise<{ conversationId: Uuid; authorId: Uuid | null; senderId?: Uuid }> {
  const { parts, caller } = context
  const conversationId = decodeId('conv', input.conversationId)
  if (caller?.kind !== 'SERVER') {
    if (input.asUserId != null)
      throw new ChatError('FORBIDDEN', { message: 'Only a server key speaks as another', path: 'input.asUserId' })
    const { conversation, membership } = await parts.access.to('POST', context.viewer, conversationId)
    return { conversationId: conversation.id, authorId: membership.userId }
  }
  const { tenantId, keyId } = context.server('messages:write')
  const [conversation] = conversationId ? await parts.conversations.byIds(tenantId, [conversationId]) : []
  if (!conversation) throw new ChatError('NOT_FOUND')
  return {
    conversationId: conversation.id,
    authorId: await author(context, conversation, input.asUserId),
    senderId: keyId,
  }
}

async function author(
  { parts }: Context,
  { tenantId, id }: Conversation,
  asUserId: string | null | undefined,
): Promise<Uuid | null> {
  if (asUserId == null) return null
  const userId = decodeId('usr', asUserId)
  const facts = userId === null ? null : await parts.memberships.facts({ tenantId, conversationId: id, userId })
  if (!facts?.membership)
    throw new ChatError('NOT_FOUND', {
      message: 'input.asUserId is no member of the conversation',
      path: 'input.asUserId',
    })
  return userId
}

/** An id of nothing stands for what is not there: append judges it like any message of elsewhere. */
const replyTo = (id: string | null | undefined) =>
  id == null ? null : (decodeId('msg', id) ?? '00000000-0000-0000-0000-000000000000')
