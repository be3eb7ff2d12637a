/** Takes a message away, for everybody or for the viewer alone. What is gone already stays so. */
import type { Context } from '../context.ts'
import { decodeId, encodeId } from '../lib/ids.ts'
import { deleteForAll, deleteForOne } from '../messages/delete.ts'
import type { Message } from '../model.ts'
import { changeMessage, type MessageInput } from './change-message.ts'
import { messageById } from './conversation-by-id.ts'
import { idempotent } from './idempotent.ts'

type Input = MessageInput & { for: 'EVERYBODY' | 'ME' }

export interface DeletedMessage {
  messageId: string
  /** What is left of it; null for who has deleted it for himself. */
  message: Message | null
}

export async function deleteMessage(context: Context, input: Input): Promise<DeletedMessage> {
  return input.for === 'ME' ? forMe(context, input) : forEverybody(context, input)
}

async function forEverybody(context: Context, input: Input): Promise<DeletedMessage> {
  const { parts, viewer, loaders } = context
  const id = decodeId('msg', input.messageId)
  const before = id === null ? null : await loaders.message.load(id)
  if (before?.deletedAt) {
    await parts.access.toSee(viewer, id)
    return { messageId: input.messageId, message: await messageById(context, before.id) }
  }
  const { message } = await changeMessage(context, {
    mutation: 'deleteMessage',
    input,
    capability: 'DELETE',
    work: (changing, { id }) => deleteForAll(changing, { tenantId: viewer.tenantId, id }, viewer.userId),
  })
  return { messageId: encodeId('msg', message.id), message }
}

async function forMe(context: Context, input: Input): Promise<DeletedMessage> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { messageId } = await idempotent(context, 'deleteMessage', input, async (once) => {
    const { message } = await parts.access.toSee(viewer, decodeId('msg', input.messageId))
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async (changing) => {
      await deleteForOne(changing, message, userId)
      return { messageId: message.id }
    })
  })
  return { messageId: encodeId('msg', messageId), message: null }
}
