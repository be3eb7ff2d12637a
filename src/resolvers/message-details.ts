/** What a message names and carries, as whoever reads it sees it. */
import type { Context } from '../context.ts'
import { messageCapabilitiesOf } from '../conversations/capabilities.ts'
import { type Connection, connection, forwards, type PageArgs, pageCursors } from '../lib/page.ts'
import type { Revision } from '../messages/history.ts'
import { namedBy } from '../messages/seen.ts'
import type { Message, MessageCapability, User, Uuid } from '../model.ts'

/** Another message that this one names. */
export async function namedMessage({ loaders }: Context, message: Message, id: Uuid | null): Promise<Message | null> {
  if (id === null) return null
  return namedBy(message, await loaders.message.load(id), (userId, id) => loaders.isHidden.load({ userId, id }))
}

export async function messageCapabilities(context: Context, message: Message): Promise<readonly MessageCapability[]> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const facts = await parts.memberships.facts({
    tenantId,
    userId,
    conversationId: message.conversationId,
  })
  const { conversation, membership } = facts
  if (!conversation || !membership) return []
  return messageCapabilitiesOf({ ...facts, conversation, membership }, message, await context.limits())
}

/** Carried by what was read for somebody, as all that not everybody sees: events of others are shared. */
export const isCollapsed = ({ authorId, seen }: Message): boolean =>
  authorId !== null && seen?.ignored?.has(authorId) === true

/** Newest first. */
export async function messageRevisions(
  context: Context,
  message: Message,
  args: PageArgs,
): Promise<Connection<Revision>> {
  const { parts } = context
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `revisions ${message.id}`)
  const after = cursors.decode(args.after, 'after')
  const before = after === null ? null : Number(after)
  const found = message.revision ? await parts.history.revisions(message, { before, limit: limit + 1 }) : []
  return connection(found.slice(0, limit), ({ revision }) => cursors.encode(String(revision)), {
    hasNextPage: found.length > limit,
    hasPreviousPage: after !== null,
  })
}

export interface MessageReaction {
  message: Message
  emoji: string
  count: number
}

export async function messageReactions({ loaders }: Context, message: Message): Promise<MessageReaction[]> {
  if (!message.reactionKinds) return []
  return (await loaders.reactions.load(message.id)).map(({ emoji, count }) => ({ message, emoji, count }))
}

export async function viewerReacted(
  { loaders, viewer }: Context,
  { message, emoji }: MessageReaction,
): Promise<boolean> {
  return (await loaders.ownReactions.load({ userId: viewer.userId, id: message.id })).has(emoji)
}

/** In the order in which they reacted. */
export async function reactionUsers(
  context: Context,
  { message, emoji }: MessageReaction,
  args: PageArgs,
): Promise<Connection<User>> {
  const { parts, loaders } = context
  const limit = forwards(args, (await context.limits()).pageSize)
  const cursors = pageCursors(parts.seal, `reactions ${message.id} ${emoji}`)
  const after = cursors.decode(args.after, 'after')
  const found = await parts.reactions.page(message, emoji, { after: Number(after ?? 0), limit: limit + 1 })
  const page = found.slice(0, limit)
  const users = await Promise.all(page.map(({ userId }) => loaders.user.load(userId)))
  const seqOf = new Map(page.map(({ userId, seq }) => [userId, seq]))
  return connection(
    users.filter((user) => user !== null),
    ({ id }) => cursors.encode(String(seqOf.get(id))),
    { hasNextPage: found.length > limit, hasPreviousPage: after !== null },
  )
}
