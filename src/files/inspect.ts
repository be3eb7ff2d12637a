/** What was really sent: its size, its type by its content, and of a picture what may be served of it. Nobody can write to it any more. */
import { buffer } from 'node:stream/consumers'
import { ChatError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Uuid } from '../model.ts'
import type { Objects } from '../objects/objects.ts'
import type { Scanner } from '../scanner/scanner.ts'
import { DIRECTORY_BYTES, isZipBomb } from './archive.ts'
import type { Attachment } from './attachment.ts'
import type { Found } from './attachments.ts'
import { contentKey, pictureKey, type StoredName, thumbnailKey } from './keys.ts'
import { type Paint, PICTURE_TYPES } from './pictures.ts'
import { SNIFFED_BYTES, typeOf } from './sniff.ts'

export interface Inspecting {
  objects: Objects
  scanner: Scanner
  paint: Paint
}

const PATH = 'input.attachmentId'
const ZIP = /^application\/(zip|epub\+zip|java-archive|vnd\.)/

/** Throws INVALID_INPUT or LIMIT_EXCEEDED: then it is to be removed. */
export async function inspect(
  { objects, scanner, paint }: Inspecting,
  { file, objectId }: { file: Attachment; objectId: Uuid },
  limits: Limits,
): Promise<Found> {
  const name: StoredName = { ...file, objectId }
  const key = contentKey(name)
  const bytes = await objects.size(key)
  if (bytes !== file.bytes) refuse(`it has ${bytes} bytes, not ${file.bytes}`)
  const part = async (first: number, last: number) => {
    const content = await objects.read(key, { first, last })
    return content ? buffer(content) : refuse('it is gone')
  }
  const contentType = await typeOf(await part(0, Math.min(SNIFFED_BYTES, bytes) - 1), file.contentType)
  if (contentType === null) refuse(`its content is not ${file.contentType}`)
  const { unseen: scan } = scanner
  if (ZIP.test(contentType) && isZipBomb(await part(Math.max(0, bytes - DIRECTORY_BYTES), bytes - 1), bytes))
    refuse('to unpack it would fill a disk')
  if (!/^image\/(?!svg)/.test(contentType))
    return { objectId, contentType, bytes, width: null, height: null, hasThumbnail: false, scan }

  if (!PICTURE_TYPES.includes(contentType)) refuse('pictures are JPEG, PNG, GIF, WebP or AVIF')
  if (bytes > limits.pictureBytes)
    throw new ChatError('LIMIT_EXCEEDED', { limit: 'pictureBytes', max: limits.pictureBytes, path: PATH })
  const raw = { content: await part(0, bytes - 1), contentType, maxPixels: limits.picturePixels }
  const { content, thumbnail, width, height } = await paint(raw, PATH)
  await objects.put(pictureKey(name), content, { bytes: content.length, contentType })
  await objects.put(thumbnailKey(name), thumbnail, { bytes: thumbnail.length, contentType: 'image/webp' })
  await objects.remove(key) // as it came, with where it was taken
  return { objectId, contentType, bytes: content.length, width, height, hasThumbnail: true, scan }
}

function refuse(why: string): never {
  throw new ChatError('INVALID_INPUT', { message: `${PATH}: the file is refused: ${why}`, path: PATH })
}
