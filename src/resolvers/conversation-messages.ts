/** A conversation's messages, and all that it shows: of what the viewer may see. */
import type { Context } from '../context.ts'
import { seenIn } from '../conversations/access.ts'
import { seqOf, type TimelineItem } from '../delivery/timeline.ts'
import { type Connection, connection, type PageArgs, pageCursors, pageSize } from '../lib/page.ts'
import type { Where } from '../messages/history.ts'
import type { Conversation, Message, Seen } from '../model.ts'
import { messagePage, moreOf } from './message-page.ts'

export async function conversationMessages(
  context: Context,
  conversation: Conversation,
  args: PageArgs & { around?: string | null },
): Promise<Connection<Message>> {
  const { where, seen } = await toRead(context, conversation)
  return messagePage(context, where, seen, args)
}

export async function pinnedMessages(context: Context, conversation: Conversation): Promise<Message[]> {
  const { where, seen } = await toRead(context, conversation)
  return context.loaders.pinned.load({ ...seen, conversationId: where.conversationId })
}

/** null before anything is said. */
export async function lastMessage(context: Context, conversation: Conversation): Promise<Message | null> {
  const { where, seen } = await toRead(context, conversation)
  const [newest] = await context.loaders.newest.load({ ...seen, conversationId: where.conversationId })
  return newest ?? null
}

/** Its messages, and notices of what was done to it. */
export async function conversationTimeline(
  context: Context,
  conversation: Conversation,
  args: PageArgs,
): Promise<Connection<TimelineItem>> {
  const { timeline, seal } = context.parts
  const { where, seen } = await toRead(context, conversation)
  const { limit, from } = pageSize(args, (await context.limits()).pageSize, args.after != null ? 'first' : 'last')
  const cursors = pageCursors(seal, `timeline ${conversation.id}`)
  const [after, before] = [place(cursors.decode(args.after, 'after')), place(cursors.decode(args.before, 'before'))]
  const { items, hasMore } = await timeline.page(where, seen, { after, before, limit, from })
  return connection(items, (item) => cursors.encode(String(seqOf(item))), moreOf({ from, hasMore, after, before }))
}

async function toRead(context: Context, conversation: Conversation): Promise<{ where: Where; seen: Seen }> {
  const { tenantId, id } = conversation
  context.loaders.conversation.prime(id, conversation) // all that is found names it
  const admitted = await context.parts.access.to('READ', context.viewer, id)
  return { where: { tenantId, conversationId: id, threadId: null }, seen: seenIn(admitted) }
}

const place = (cursor: string | null) => (cursor === null ? null : Number(cursor))
