/** Messages as they are shown, made from what the server answers and tells. */
import type { OwnMessageFragment, SharedMessageFragment } from '../generated/graphql.ts'
import type { Message, Reaction } from '../types.ts'

interface Context {
  conversationId: string
  /** null until it is known who looks. */
  viewerId: string | null
  /** As it was held before. */
  before: Message | null
  /** What the viewer has just done, if he has. */
  reacted?: { emoji: string; isOwn: boolean } | undefined
}

/** An event tells all readers the same, so whose reactions they are stays as it was, but for what it tells. */
export function fromEvent(shared: SharedMessageFragment, context: Context): Message {
  const { before, reacted } = context
  const wasOwn = new Set(before?.reactions.flatMap(({ emoji, isOwn }) => (isOwn ? [emoji] : [])))
  if (reacted?.isOwn) wasOwn.add(reacted.emoji)
  else if (reacted) wasOwn.delete(reacted.emoji)
  return toMessage(
    shared,
    context,
    shared.reactions.map(({ emoji, count }) => ({ emoji, count, isOwn: wasOwn.has(emoji) })),
  )
}

export function fromAnswer(own: OwnMessageFragment, context: Context): Message {
  return toMessage(
    own,
    context,
    own.reactions.map(({ emoji, count, viewerReacted }) => ({ emoji, count, isOwn: viewerReacted })),
  )
}

function toMessage(
  shared: SharedMessageFragment,
  { conversationId, viewerId }: Context,
  reactions: Reaction[],
): Message {
  const { id, seq, clientMessageId, author, mentions, replyTo, threadRoot, thread, ...rest } = shared
  const isOwn = author !== null && author.id === viewerId
  return {
    key: isOwn ? clientMessageId : id,
    id,
    seq,
    conversationId,
    clientMessageId,
    author,
    isOwn,
    isCollapsed: false,
    text: rest.text,
    mentions: mentions.map(({ kind, start, length, user }) => ({ kind, start, length, userId: user?.id ?? null })),
    replyTo: replyTo && { ...replyTo, isCollapsed: false },
    reactions,
    metadata: rest.metadata,
    silent: rest.silent,
    urgency: rest.urgency,
    createdAt: rest.createdAt,
    editedAt: rest.editedAt,
    deletedAt: rest.deletedAt,
    pinnedAt: rest.pinnedAt,
    revision: rest.revision,
    threadId: threadRoot?.id ?? null,
    inThread: rest.inThread,
    alsoInConversation: rest.alsoInConversation,
    replyCount: thread?.replyCount ?? 0,
    state: 'sent',
    error: null,
    entryId: null,
  }
}

/** Whether it stands in the conversation itself, not in a thread alone. */
export const standsInConversation = ({ inThread, alsoInConversation }: Message): boolean =>
  !inThread || alsoInConversation
