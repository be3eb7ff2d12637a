/** What a member sets for himself in a conversation: mute, pin, hide. Told on his own log, to all his devices and nobody else. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation, Membership } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string }
type Own = Partial<Pick<Membership, 'pinOrder' | 'mutedUntil'>> & { isHidden?: boolean }

export const muteConversation = (context: Context, input: Input & { until?: Date | null }) =>
  update(context, input, 'muteConversation', { mutedUntil: input.until ?? null })
export const pinConversation = (context: Context, input: Input & { order?: number | null }) =>
  update(context, input, 'pinConversation', { pinOrder: input.order ?? null })
export const hideConversation = (context: Context, input: Input & { hidden: boolean }) =>
  update(context, input, 'hideConversation', { isHidden: input.hidden })

async function update(
  context: Context,
  input: Input,
  mutation: string,
  own: Own,
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, mutation, input, async (once) => {
    const { conversation } = await parts.access.to('READ', viewer, decodeId('conv', input.conversationId))
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async ({ tx, record }) => {
      await parts.memberships.setOwn(tx, { tenantId, conversationId: conversation.id, userId }, own)
      record(userId, { kind: 'MEMBERSHIP_UPDATED', conversationId: conversation.id })
      return { conversationId: conversation.id }
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}
