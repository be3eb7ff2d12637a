/** Moves how far the viewer has read, or been reached, in a conversation or one of its threads. */
import type { Context } from '../context.ts'
import { type Admitted, showsReceiptsOf } from '../conversations/access.ts'
import {
  markDelivered as setDelivered,
  markRead as setRead,
  markUnread as setUnread,
} from '../conversations/read-marks.ts'
import { EVENT_VERSION, type ReceiptsAdvanced } from '../events.ts'
import { decodeId } from '../lib/ids.ts'
import type { Changing } from '../messages/change.ts'
import type { Conversation, Membership, Message, Uuid } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Marked = { conversation: Conversation }
type UpTo = Repeatable & { upTo: string }

export const markRead = (context: Context, input: UpTo): Promise<Marked> =>
  mark(context, {
    mutation: 'markRead',
    input,
    messageId: input.upTo,
    set: setRead,
    readSeq: ({ message }) => message.seq,
  })

export const markDelivered = (context: Context, input: UpTo): Promise<Marked> =>
  mark(context, {
    mutation: 'markDelivered',
    input,
    messageId: input.upTo,
    set: setDelivered,
    readSeq: ({ membership }) => membership.readSeq,
  })

/** Nobody is told that something is unread again. */
export const markUnread = (context: Context, input: Repeatable & { from: string }): Promise<Marked> =>
  mark(context, { mutation: 'markUnread', input, messageId: input.from, set: setUnread, holdsConversation: true })

interface Mark {
  mutation: string
  input: Repeatable
  messageId: string
  /** Answers whether the conversation's mark moved. */
  set: (changing: Changing, userId: Uuid, message: Message) => Promise<boolean>
  /** What a receipt says; without it there is none. */
  readSeq?: (of: Admitted & { message: Message }) => number
  holdsConversation?: boolean
}

async function mark(
  context: Context,
  { mutation, input, messageId, set, readSeq, holdsConversation = false }: Mark,
): Promise<Marked> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, mutation, input, async (once) => {
    const seen = await parts.access.toSee(viewer, decodeId('msg', messageId))
    const { message, conversation, membership } = seen
    const isShown = readSeq !== undefined && (await showsReceipt(context, conversation))
    const streams = holdsConversation ? [userId, conversation.id] : [userId]
    return parts.append.change({ tenantId, actorId: userId, streams, once }, async (changing) => {
      const hasMoved = await set(changing, userId, message)
      if (hasMoved && isShown) changing.tell(receipt(membership, message, readSeq(seen)))
      return { conversationId: conversation.id }
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}

async function showsReceipt(context: Context, conversation: Conversation): Promise<boolean> {
  const user = await context.loaders.user.load(context.viewer.userId)
  return user !== null && showsReceiptsOf(user, conversation, await context.limits())
}

function receipt({ userId, deliveredSeq }: Membership, message: Message, readSeq: number): ReceiptsAdvanced {
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
