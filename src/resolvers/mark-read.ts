/** Moves how far the viewer has read, or been reached, in a conversation or one of its threads. */
import type { Context } from '../context.ts'
import { showsReceiptsOf } from '../conversations/access.ts'
import { markDelivered as deliver, markRead as read, markUnread as unread } from '../conversations/read-marks.ts'
import { type Ephemeral, EVENT_VERSION } from '../events.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation, Membership, Message } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

export async function markRead(
  context: Context,
  input: Repeatable & { upTo: string },
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'markRead', input, async (once) => {
    const { message, conversation, membership } = await parts.access.toSee(viewer, decodeId('msg', input.upTo))
    const isShown = await showsReceipt(context, conversation)
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async (changing) => {
      const moved = await read(changing, userId, message)
      if (moved && isShown) changing.tell(receipt(membership, message, message.seq))
      return { conversationId: message.conversationId }
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}

export async function markUnread(
  context: Context,
  input: Repeatable & { from: string },
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'markUnread', input, async (once) => {
    const { message } = await parts.access.toSee(viewer, decodeId('msg', input.from))
    const streams = [userId, message.conversationId]
    return parts.append.change({ tenantId, actorId: userId, streams, once }, async (changing) => {
      await unread(changing, userId, message)
      return { conversationId: message.conversationId }
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}

export async function markDelivered(
  context: Context,
  input: Repeatable & { upTo: string },
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'markDelivered', input, async (once) => {
    const { message, conversation, membership } = await parts.access.toSee(viewer, decodeId('msg', input.upTo))
    const isShown = await showsReceipt(context, conversation)
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async (changing) => {
      const moved = await deliver(changing, userId, message)
      if (moved && isShown) changing.tell(receipt(membership, message, membership.readSeq))
      return { conversationId: message.conversationId }
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}

async function showsReceipt(context: Context, conversation: Conversation): Promise<boolean> {
  const user = await context.loaders.user.load(context.viewer.userId)
  return user !== null && showsReceiptsOf(user, conversation, await context.limits())
}

function receipt({ userId, deliveredSeq }: Membership, message: Message, readSeq: number): Ephemeral {
  const { tenantId, conversationId: streamId, seq } = message
  return {
    version: EVENT_VERSION,
    kind: 'RECEIPTS_ADVANCED',
    tenantId,
    streamId,
    at: new Date(),
    userId,
    readSeq,
    deliveredSeq: Math.max(deliveredSeq, seq),
  }
}
