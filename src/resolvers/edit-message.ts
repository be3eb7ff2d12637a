/** Says a message of one's own anew, within the time that the tenant allows. */
import type { Context } from '../context.ts'
import { isAsking } from '../conversations/contacts.ts'
import { decodeId } from '../lib/ids.ts'
import { content } from '../messages/draft.ts'
import { edit } from '../messages/edit.ts'
import { assertPlainText } from '../messages/plain-text.ts'
import type { Message } from '../model.ts'
import { changeMessage, type MessageInput } from './change-message.ts'
import { type MentionInput, mentioned } from './mentioned.ts'

interface Input extends MessageInput {
  text: string
  /** Kept as they are unless given; null takes them away. */
  metadata?: Record<string, unknown> | null
  mentions?: readonly MentionInput[] | null
  expectedRevision?: number | null
}

export async function editMessage(context: Context, input: Input): Promise<{ message: Message }> {
  const { parts, viewer, loaders } = context
  const id = decodeId('msg', input.messageId)
  const mayMentionAll = async () => {
    const message = id && (await loaders.message.load(id))
    return Boolean(message && (await parts.access.capabilities(viewer, message.conversationId)).includes('MENTION_ALL'))
  }
  const mentions = await mentioned(context, input.mentions, mayMentionAll)
  const clean = content({ text: input.text, metadata: input.metadata ?? null, mentions }, await context.limits())
  return changeMessage(context, {
    mutation: 'editMessage',
    input,
    capability: 'EDIT',
    work: (changing, { metadata }, limits, conversation) => {
      if (isAsking(conversation, viewer.userId)) assertPlainText(clean)
      return edit(
        changing,
        { tenantId: viewer.tenantId, id: id ?? '' },
        {
          ...clean,
          metadata: input.metadata === undefined ? (metadata as Record<string, unknown> | null) : clean.metadata,
          expectedRevision: input.expectedRevision ?? null,
        },
        limits,
      )
    },
  })
}
