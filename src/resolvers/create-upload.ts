/** Makes room for a file, and says where to send it: to the object store, and not through the API. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import type { Attachment } from '../files/attachment.ts'
import { awaitUpload, type NewAttachment, roomTaken } from '../files/attachments.ts'
import { uploadKey } from '../files/keys.ts'
import { cleanFileName } from '../lib/file-names.ts'
import { newUuid } from '../lib/ids.ts'
import type { Limits } from '../limits.ts'
import type { SignedRequest } from '../objects/objects.ts'
import { attachmentById } from './attachment-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { name: string; contentType: string; bytes: number }

export interface CreatedUpload extends SignedRequest {
  attachment: Attachment
}

const UPLOAD_MS = 900_000
const CONTENT_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/

export async function createUpload(context: Context, input: Input): Promise<CreatedUpload> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const limits = await context.limits()
  const { id } = await idempotent(context, 'createUpload', input, async (once) => {
    const said = assertUpload(input, limits)
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async ({ tx, at }) => {
      const file: NewAttachment = {
        ...said,
        tenantId,
        id: newUuid(),
        ownerId: userId,
        createdAt: at,
        uploadExpiresAt: new Date(at.getTime() + UPLOAD_MS),
      }
      assertRoom(await roomTaken(tx, file), file, limits)
      await awaitUpload(tx, file)
      return { id: file.id }
    })
  })
  const attachment = await attachmentById(context, id)
  const { bytes, contentType, createdAt: from, uploadExpiresAt: until } = attachment
  return {
    attachment,
    ...(await parts.objects.uploadRequest(uploadKey(attachment), { bytes, contentType, from, until })),
  }
}

function assertUpload({ name, contentType, bytes }: Input, limits: Limits) {
  if (!CONTENT_TYPE.test(contentType))
    throw new ChatError('INVALID_INPUT', {
      message: 'input.contentType is none, as image/png',
      path: 'input.contentType',
    })
  if (bytes < 1) throw new ChatError('INVALID_INPUT', { message: 'input.bytes must be above 0', path: 'input.bytes' })
  if (bytes > limits.fileBytes) exceeded('fileBytes', limits)
  return { name: cleanFileName(name, limits.fileNameLength), contentType, bytes }
}

function assertRoom(taken: { bytes: number; unsent: number }, { bytes }: NewAttachment, limits: Limits): void {
  if (taken.bytes + bytes > limits.uploadBytesPerDay) exceeded('uploadBytesPerDay', limits)
  if (taken.unsent >= limits.unsentFiles) exceeded('unsentFiles', limits)
}

function exceeded(limit: keyof Limits, limits: Limits): never {
  throw new ChatError('LIMIT_EXCEEDED', { limit, max: limits[limit] })
}
