/** Begins a conversation with its first members, in one transaction. */
import type { Context } from '../context.ts'
import { assertNoGuest } from '../conversations/guests.ts'
import { newUuid } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'
import { assertFeature } from './assert-feature.ts'
import { conversationById } from './conversation-by-id.ts'
import { assertDetails, type ConversationDetails } from './conversation-details.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { addableUsers } from './known-users.ts'

export interface CreateConversationInput extends ConversationDetails, Repeatable {
  kind: 'GROUP' | 'CHANNEL' | 'BROADCAST'
  memberIds: readonly string[]
}

export async function createConversation(
  context: Context,
  input: CreateConversationInput,
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'createConversation', input, async (once) => {
    assertNoGuest(viewer)
    if (input.visibility === 'PUBLIC') await assertFeature(context, 'publicChannels')
    assertDetails(input, input.kind, await context.limits())
    const members = (await addableUsers(context, input.memberIds, 'input.memberIds')).filter((id) => id !== userId)
    return parts.append.changes({
      tenantId,
      conversationId: newUuid(),
      actorId: userId,
      once,
      create: { ...detailsOf(input), kind: input.kind, directKey: null },
      changes: [
        { change: 'JOINED', userId, role: 'OWNER' },
        ...members.map((member) => ({ change: 'JOINED', userId: member, role: 'MEMBER' }) as const),
      ],
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}

function detailsOf({ title, topic, avatarUrl, metadata, visibility, history }: ConversationDetails) {
  return {
    title: title ?? null,
    topic: topic ?? null,
    avatarUrl: avatarUrl?.href ?? null,
    metadata: metadata ?? null,
    visibility: visibility ?? 'PRIVATE',
    history: history ?? 'ALL',
  } as const
}
