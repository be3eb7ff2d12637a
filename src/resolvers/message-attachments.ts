/** The files of a message, and where to get them. Whoever is shown the message may have them, so a URL is nobody's in particular. */
import type { Context } from '../context.ts'
import type { Attachment } from '../files/attachment.ts'
import { contentKey, pictureKey, type StoredName, thumbnailKey } from '../files/keys.ts'
import { shownAs } from '../files/shown-as.ts'
import type { Message } from '../model.ts'

/** A URL is good for this long at least, and for two of it at most: until then all who ask get the same one, which caches like. */
const PERIOD_MS = 300_000

export async function messageAttachments({ loaders }: Context, message: Message): Promise<Attachment[]> {
  return message.attachmentCount ? loaders.attachments.load(message.id) : []
}

/** null until it is stored and found clean. */
export async function attachmentUrl({ parts }: Context, file: Attachment): Promise<string | null> {
  const name = served(file)
  if (!name) return null
  const key = file.hasThumbnail ? pictureKey(name) : contentKey(name)
  return parts.objects.downloadUrl(key, { ...shownAs(file.contentType, file.name), ...period() })
}

export async function thumbnailUrl({ parts }: Context, file: Attachment): Promise<string | null> {
  const name = served(file)
  if (!name || !file.hasThumbnail) return null
  return parts.objects.downloadUrl(thumbnailKey(name), { ...shownAs('image/webp', 'thumbnail.webp'), ...period() })
}

const served = ({ tenantId, id, objectId, state, scan }: Attachment): StoredName | null =>
  objectId && state === 'STORED' && scan === 'CLEAN' ? { tenantId, id, objectId } : null

function period(): { from: Date; until: Date } {
  const began = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS
  return { from: new Date(began), until: new Date(began + 2 * PERIOD_MS) }
}
