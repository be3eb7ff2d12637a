/** What the viewer has said to be sent later, what is due first first; forwards only. And what of it he is shown. */
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { ScheduledMessage } from '../messages/scheduled.ts'
import type { Conversation } from '../model.ts'
import { NOTHING } from './drafted.ts'

export async function scheduledMessages(
  context: Context,
  args: PageArgs & { conversationId?: string | null },
): Promise<Connection<ScheduledMessage>> {
  const { parts, viewer } = context
  const { tenantId, userId: authorId } = viewer
  const limit = forwards(args, (await context.limits()).pageSize)
  const conversationId = args.conversationId == null ? null : (decodeId('conv', args.conversationId) ?? NOTHING)
  const cursors = pageCursors(parts.seal, `scheduled ${authorId} ${conversationId}`)
  const [dueAt, id] = cursors.decode(args.after, 'after')?.split(' ') ?? []
  const after = dueAt && id ? { dueAt, id } : null
  const found = await parts.scheduled.page({ tenantId, authorId, conversationId }, { after, limit: limit + 1 })
  const cursorOf = (one: ScheduledMessage) => cursors.encode(`${one.dueAt.toISOString()} ${one.id}`)
  return connection(found.slice(0, limit), cursorOf, {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

/** null: he may no longer know of it. */
export const conversationOfScheduled = (
  { parts, viewer }: Context,
  { conversationId }: ScheduledMessage,
): Promise<Conversation | null> => parts.access.canKnow(viewer, conversationId)
