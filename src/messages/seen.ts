/**
 * What one reader sees of a message where not everybody sees the same: nothing from before his time (FROM_JOIN), nothing that he has deleted for
 * himself, nothing of what came after he left. A message that was read for somebody carries for whom (`seen`), and hands it on to whatever it names: a reply's quote, and that one's.
 */
import type { Conversation, Left, Message, Seen, Uuid } from '../model.ts'

/** Whether this reader has deleted it for himself. Asked only of messages that somebody has. */
export type IsHidden = (userId: Uuid, messageId: Uuid) => Promise<boolean>

export const seenBy = (message: Message, seen: Seen): Message =>
  seen.left ? { ...asOfLeaving(message, seen.left), seen } : { ...message, seen }

/** Without what may have come after he left: what it was changed to, its thread, reactions, pin. */
const asOfLeaving = (message: Message, { at }: Left): Message => ({
  ...(message.editedAt && message.editedAt > at ? { ...message, text: '', metadata: null, mentions: [] } : message),
  revision: 0,
  editedAt: null,
  hasThread: false,
  reactionKinds: 0,
  pinnedAt: null,
  pinnedBy: null,
})

/** What is left of a conversation for who is no longer in it: that it is there. */
export const asLeft = (conversation: Conversation): Conversation => ({
  ...conversation,
  title: null,
  topic: null,
  avatarUrl: null,
  metadata: null,
  memberCount: 0,
  archivedAt: null,
})

/** Another message that this one names, as its reader sees it. */
export async function namedBy(message: Message, named: Message | null, isHidden: IsHidden): Promise<Message | null> {
  const { seen } = message
  if (!named || !seen) return named
  if (named.seq < seen.from || (await isHiddenFrom(named, seen, isHidden))) return null
  return seenBy(named, seen)
}

export const isHiddenFrom = async (message: Message, { userId }: Seen, isHidden: IsHidden): Promise<boolean> =>
  message.hiddenCount > 0 && isHidden(userId, message.id)

/** What is left of a deleted message: its place. */
export const tombstone = (message: Message, at: Date): Message => ({
  ...message,
  text: '',
  metadata: null,
  mentions: [],
  replyToId: null,
  reactionKinds: 0,
  attachmentCount: 0,
  pinnedAt: null,
  pinnedBy: null,
  deletedAt: message.deletedAt ?? at,
})
