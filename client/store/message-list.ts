/** The messages of a conversation as they are shown: what is held, with what is in the outbox laid over it. */
import type { Avoided } from '../safety.ts'
import type { Message, OutboxEntry, User } from '../types.ts'
import { collapsed } from './avoided.ts'
import { standsInConversation } from './message.ts'
import type { ConversationRecord } from './record.ts'
import { type Span, spanAt } from './spans.ts'

interface What {
  record: ConversationRecord
  /** Which part of history is shown; null: none is held. */
  span: Span | null
  /** The outbox's entries of this conversation, oldest first. */
  entries: readonly OutboxEntry[]
  viewer: User | null
  avoided: Avoided
}

export function messagesOf({ record, span, entries, viewer, avoided }: What): Message[] {
  const isNewest = span === newestSpan(record)
  const held = [...record.messages.values()].map(({ message }) => message).filter(isShown)
  const shown = held.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).flatMap((message) => laidOver(message, entries))
  const all = isNewest ? [...shown, ...echoes(entries, held, viewer)] : shown
  return all.map((message) => collapsed(message, avoided))

  function isShown(message: Message): boolean {
    const seq = message.seq ?? 0
    if (!standsInConversation(message)) return false
    // What one has said oneself is answered before the feed has told what stands before it.
    return span !== null && (spanAt([span], seq) !== null || (isNewest && seq > span.to))
  }
}

export function newestSpan({ spans }: ConversationRecord): Span | null {
  return spans.at(-1) ?? null
}

/** As it will be; gone if it is hidden for oneself. */
function laidOver(message: Message, entries: readonly OutboxEntry[]): Message[] {
  let shown: Message | null = message
  for (const entry of entries) {
    const { action, state, error, id: entryId } = entry
    if (action.kind === 'send' || action.kind === 'read' || action.messageId !== message.id || shown === null) continue
    if (state === 'failed') shown = { ...shown, state, error, entryId }
    else
      shown =
        action.kind === 'delete' && action.for === 'ME' ? null : { ...done(shown, entry), state: 'pending', entryId }
  }
  return shown ? [shown] : []
}

function done(message: Message, { action, createdAt }: OutboxEntry): Message {
  switch (action.kind) {
    case 'edit':
      return { ...message, text: action.message.text, editedAt: createdAt }
    case 'delete':
      return { ...message, text: '', deletedAt: createdAt }
    case 'react':
    case 'unreact':
      return { ...message, reactions: reacted(message, action.emoji, action.kind === 'react') }
    default:
      return message
  }
}

function reacted({ reactions }: Message, emoji: string, isOwn: boolean): Message['reactions'] {
  const known = reactions.find((reaction) => reaction.emoji === emoji)
  if (!known) return isOwn ? [...reactions, { emoji, count: 1, isOwn }] : reactions
  if (known.isOwn === isOwn) return reactions
  const changed = { ...known, isOwn, count: known.count + (isOwn ? 1 : -1) }
  return reactions.flatMap((reaction) => (reaction !== known ? [reaction] : changed.count > 0 ? [changed] : []))
}

/** What is not committed yet. Once it is, the committed one stands in its place under the same key. */
function echoes(entries: readonly OutboxEntry[], held: readonly Message[], viewer: User | null): Message[] {
  const committed = new Set(held.filter(({ isOwn }) => isOwn).map(({ clientMessageId }) => clientMessageId))
  return entries.flatMap((entry) => (committed.has(entry.clientId) ? [] : echo(entry, held, viewer)))
}

function echo(entry: OutboxEntry, held: readonly Message[], viewer: User | null): Message[] {
  const { action, clientId, conversationId, state, error, id, createdAt } = entry
  if (action.kind !== 'send') return []
  const { text, mentions = [], metadata = null, silent = false, urgency = 'NORMAL', threadId = null } = action.message
  const answered = held.find((message) => message.id === action.message.replyToId)
  const message: Message = {
    key: clientId,
    id: null,
    seq: null,
    conversationId,
    clientMessageId: clientId,
    author: viewer,
    isOwn: true,
    isCollapsed: false,
    text,
    mentions: mentions.map((mention) => ({ ...mention, userId: mention.userId ?? null })),
    replyTo: answered?.id ? { ...answered, id: answered.id } : null,
    reactions: [],
    metadata,
    silent,
    urgency,
    createdAt,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    revision: 0,
    threadId,
    inThread: threadId !== null,
    alsoInConversation: action.message.alsoInConversation ?? false,
    replyCount: 0,
    state: state === 'failed' ? 'failed' : 'pending',
    error,
    entryId: id,
  }
  return standsInConversation(message) ? [message] : []
}
