/** Begins a conversation with its first members, in one transaction. */
import type { Context } from '../context.ts'
import { newUuid } from '../lib/ids.ts'
import { assertText } from '../messages/draft.ts'
import type { Conversation } from '../model.ts'
import { knownUsers } from './known-users.ts'

export interface CreateConversationInput {
  kind: 'GROUP' | 'CHANNEL' | 'BROADCAST'
  title?: string | null
  memberIds: readonly string[]
}

export async function createConversation(
  context: Context,
  { kind, title = null, memberIds }: CreateConversationInput,
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  if (title !== null) assertText(title, 'input.title', await context.limits(), 'conversationTitleLength')
  const members = (await knownUsers(context, memberIds, 'input.memberIds')).filter((id) => id !== userId)
  const id = newUuid()
  const { events } = await parts.append.changes({
    tenantId,
    conversationId: id,
    actorId: userId,
    create: { kind, title, directKey: null },
    changes: [
      { change: 'JOINED', userId, role: 'OWNER' },
      ...members.map((member) => ({ change: 'JOINED', userId: member, role: 'MEMBER' }) as const),
    ],
  })
  return { conversation: { tenantId, id, kind, title, createdBy: userId, createdAt: events[0]?.at ?? new Date() } }
}
