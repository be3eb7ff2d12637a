/** Tells that the viewer is typing in a conversation, or has stopped. Nothing of it is kept. */
import type { Context } from '../context.ts'
import { showsTyping } from '../conversations/access.ts'
import { isWaiting } from '../conversations/contacts.ts'
import { decodeId } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'
import { assertFeature } from './assert-feature.ts'

export interface Typed {
  conversationId: Uuid
  /** null: it is not shown. */
  shownUntil: Date | null
}

export async function setTyping(
  context: Context,
  { conversationId: id, isTyping }: { conversationId: string; isTyping: boolean },
): Promise<Typed> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  await assertFeature(context, 'typing')
  const { conversation } = await parts.access.toType(viewer, decodeId('conv', id))
  const conversationId = conversation.id
  const online = parts.membersOnline.count({ tenantId, conversationId }) ?? 0 // where nobody here listens, who does decides
  if (isWaiting(conversation)) return { conversationId, shownUntil: null }
  if (!showsTyping(conversation, online, await context.limits())) return { conversationId, shownUntil: null }
  return { conversationId, shownUntil: parts.typing.say({ tenantId, userId, conversationId, isTyping }) }
}
