/** The file has been sent: it is looked at, and is then the sender's to put into a message. What is not as was said is refused, and removed. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import type { Attachment } from '../files/attachment.ts'
import type { Found } from '../files/attachments.ts'
import { inspect } from '../files/inspect.ts'
import { contentKey, uploadKey } from '../files/keys.ts'
import { decodeId, newUuid } from '../lib/ids.ts'
import { attachmentById } from './attachment-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { attachmentId: string }

export async function completeUpload(context: Context, input: Input): Promise<{ attachment: Attachment }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { id } = await idempotent(context, 'completeUpload', input, async (once) => {
    const file = await attachmentById(context, decodeId('file', input.attachmentId))
    const found = file.state === 'AWAITED' ? await looked(context, file) : null
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async ({ tx }) => {
      if (found) await parts.attachments.store(tx, file, found)
      return { id: file.id }
    })
  })
  const attachment = await attachmentById(context, id)
  if (attachment.state === 'REMOVING' || attachment.state === 'REMOVED') throw new ChatError('NOT_FOUND')
  await parts.objects.remove(uploadKey(attachment))
  return { attachment }
}

/** Of a copy that nobody else can write to: his URL is still good. */
async function looked(context: Context, file: Attachment): Promise<Found> {
  const { parts } = context
  const objectId = newUuid()
  const isThere = await parts.objects.copy(uploadKey(file), contentKey({ ...file, objectId }))
  if (!isThere)
    throw new ChatError('INVALID_INPUT', {
      message: 'input.attachmentId: nothing has been sent yet: send it to the URL of createUpload first',
      path: 'input.attachmentId',
    })
  try {
    return await inspect(parts, { file, objectId }, await context.limits())
  } catch (error) {
    if (error instanceof ChatError && !error.retryable) await parts.attachments.refuse(file)
    throw error
  }
}
