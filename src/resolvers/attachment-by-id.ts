/** A file of the viewer's own, by what its row says. Throws NOT_FOUND. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import type { Attachment } from '../files/attachment.ts'
import type { Uuid } from '../model.ts'

export async function attachmentById({ parts, viewer }: Context, id: Uuid | null): Promise<Attachment> {
  const found = id === null ? null : await parts.attachments.byId(viewer.tenantId, id)
  if (found?.ownerId !== viewer.userId) throw new ChatError('NOT_FOUND')
  return found
}
