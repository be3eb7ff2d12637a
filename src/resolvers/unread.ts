/** What the viewer has not read. */
import type { Context } from '../context.ts'
import type { Unread, UnreadTotals } from '../conversations/unread.ts'
import type { Conversation } from '../model.ts'

/** null for who is no member. */
export const conversationUnread = ({ loaders, viewer }: Context, { id }: Conversation): Promise<Unread | null> =>
  loaders.unread.load({ userId: viewer.userId, id })

export const unreadTotals = ({ loaders, viewer }: Context): Promise<UnreadTotals> =>
  loaders.unreadTotals.load(viewer.userId)
