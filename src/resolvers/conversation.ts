/** One of the viewer's conversations, or a public channel; null for what he may not know of, or no longer reads. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Conversation } from '../model.ts'

export async function conversation({ parts, viewer }: Context, id: string): Promise<Conversation | null> {
  return parts.access.canKnow(viewer, decodeId('conv', id))
}
