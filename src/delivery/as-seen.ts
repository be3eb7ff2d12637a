/**
 * The local exceptions of an event: what a rule keeps from a few of its readers (messages from before their time, those that they have deleted for
 * themselves, what became of things after they left). They get an event of their own; all others share theirs.
 */
import type { ChatEvent } from '../events.ts'
import type { History } from '../messages/history.ts'
import { isHiddenFrom, seenBy, tombstone } from '../messages/seen.ts'
import type { Message, Seen } from '../model.ts'
import type { Delivered } from './delivered.ts'

export interface EventReader extends Seen {
  /** Whether he has deleted any message of the conversation for himself: then what names another message is his own to see. */
  hidesSome: boolean
}

/** Whether such a reader gets the event as everybody does: found out without a look at anything else. */
export function isAlikeForAll(event: ChatEvent, { from, left, hidesSome }: Omit<EventReader, 'userId'>): boolean {
  const message = 'message' in event ? event.message : null
  if (left) return false
  if (!message) return true
  return message.seq >= from && message.hiddenCount === 0 && !((from > 1 || hidesSome) && namesAnother(message))
}

export async function asSeen(history: History, delivered: Delivered, seen: EventReader): Promise<Delivered> {
  if (delivered.kind !== 'EVENT') return delivered
  const { event } = delivered
  if (isAlikeForAll(event, seen)) return delivered
  const message = 'message' in event ? event.message : null
  if (!message) return { ...delivered, seen }
  const isOwn =
    seen.left !== undefined || message.seq < seen.from || ((seen.from > 1 || seen.hidesSome) && namesAnother(message))
  const isHidden = await isHiddenFrom(
    message,
    seen,
    async (userId, messageId) => (await history.hidden(event.tenantId, [{ userId, messageId }]))[0] === true,
  )
  if (!isHidden && !isOwn) return delivered
  const shown = seenBy(isHidden ? tombstone(message, event.at) : message, seen)
  const isBefore = message.seq < seen.from
  return { ...delivered, seen, event: { ...event, message: isBefore ? null : shown } as typeof event }
}

const namesAnother = ({ replyToId, threadId, hasThread }: Message): boolean =>
  replyToId !== null || threadId !== null || hasThread
