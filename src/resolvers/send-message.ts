/** Says something in a conversation: may the viewer, is it sound, store it for good. All else follows the log. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import { draft } from '../messages/draft.ts'
import type { Message } from '../model.ts'

export interface SendMessageInput {
  conversationId: string
  clientMessageId: string
  text: string
  replyToId?: string | null
  metadata?: Record<string, unknown> | null
}

export interface SentMessage {
  message: Message
  deduplicated: boolean
}

export async function sendMessage(context: Context, input: SendMessageInput): Promise<SentMessage> {
  const { parts, viewer } = context
  const { tenantId, userId: authorId } = viewer
  const { conversation } = await parts.access.toPost(viewer, decodeId('conv', input.conversationId))
  const clean = draft({ ...input, replyToId: replyTo(input.replyToId) }, await context.limits())
  return parts.append.message({ ...clean, tenantId, conversationId: conversation.id, authorId })
}

/** An id of nothing stands for what is not there: append judges it like any message of elsewhere. */
const replyTo = (id: string | null | undefined) =>
  id == null ? null : (decodeId('msg', id) ?? '00000000-0000-0000-0000-000000000000')
