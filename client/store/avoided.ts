/** Whom the viewer wants nothing of, and what is shown of what they say. */
import type { Avoided } from '../safety.ts'
import type { Message } from '../types.ts'

export const NOBODY: Avoided = { blocked: new Set(), muted: new Set() }

export const isAvoided = ({ blocked, muted }: Avoided, user: { id: string } | null): boolean =>
  user !== null && (blocked.has(user.id) || muted.has(user.id))

/** The same message where nothing of it is collapsed. */
export function collapsed(message: Message, avoided: Avoided): Message {
  const { author, isOwn, replyTo } = message
  const isCollapsed = !isOwn && isAvoided(avoided, author)
  const isQuoteCollapsed = replyTo !== null && isAvoided(avoided, replyTo.author)
  if (!isCollapsed && !isQuoteCollapsed) return message
  return { ...message, isCollapsed, replyTo: replyTo && { ...replyTo, isCollapsed: isQuoteCollapsed } }
}
