/** Changes what a conversation is called and carries; only what is given, null takes it away. */
import type { Context } from '../context.ts'
import { marksFromJoin } from '../conversations/read-marks.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { assertFeature } from './assert-feature.ts'
import { conversationById } from './conversation-by-id.ts'
import { assertDetails, type ConversationDetails } from './conversation-details.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & ConversationDetails & { conversationId: string }

const NO_TITLES = { title: null, previousTitle: null }
const FIELDS = ['title', 'topic', 'avatarUrl', 'metadata', 'visibility', 'history', 'slowModeSeconds'] as const

export async function updateConversation(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, 'updateConversation', input, async (once) => {
    const { conversation, membership } = await parts.access.to('UPDATE', viewer, decodeId('conv', input.conversationId))
    const changed = FIELDS.filter((field) => input[field] !== undefined)
    if (!changed.length)
      throw new ChatError('INVALID_INPUT', { message: 'Give at least one field to change', path: 'input' })
    for (const field of ['visibility', 'history', 'slowModeSeconds'] as const)
      if (input[field] === null)
        throw new ChatError('INVALID_INPUT', { message: `input.${field} cannot be taken away`, path: `input.${field}` })
    if (input.visibility === 'PUBLIC') await assertFeature(context, 'publicChannels')
    assertDetails(input, conversation.kind, await context.limits())
    const holds = { conversationId: conversation.id, userId: viewer.userId, role: membership.role }
    return parts.append.change(
      { tenantId: viewer.tenantId, actorId: viewer.userId, streams: [conversation.id], once, holds },
      async (changing) => {
        const { tx, record } = changing
        const details = detailsOf(input)
        const previous = await parts.conversations.update(tx, conversation, details)
        if (details.history === 'FROM_JOIN') await marksFromJoin(changing, viewer.tenantId, conversation.id)
        const titles = changed.includes('title')
          ? { title: details.title ?? null, previousTitle: previous.title }
          : NO_TITLES
        record(conversation.id, { kind: 'CONVERSATION_UPDATED', changed, ...titles })
        return { conversationId: conversation.id }
      },
    )
  })
  return { conversation: await conversationById(context, conversationId) }
}

function detailsOf({ title, topic, avatarUrl, metadata, visibility, history, slowModeSeconds }: ConversationDetails) {
  return {
    title,
    topic,
    avatarUrl: avatarUrl === undefined ? undefined : (avatarUrl?.href ?? null),
    metadata,
    visibility: visibility ?? undefined,
    history: history ?? undefined,
    slowModeSeconds: slowModeSeconds ?? undefined,
  }
}
