/**
 * The local exceptions of an event: what a rule keeps from a few of its readers (messages from before their time, those that they have deleted for
 * themselves). They get an event of their own; all others share theirs.
 */
import type { History } from '../messages/history.ts'
import { isHiddenFrom, seenBy, tombstone } from '../messages/seen.ts'
import type { Message, Seen } from '../model.ts'
import type { Delivered } from './delivered.ts'

export interface EventReader extends Seen {
  /** Whether he has deleted any message of the conversation for himself: then what names another message is his own to see. */
  hidesSome: boolean
}

export async function asSeen(history: History, delivered: Delivered, seen: EventReader): Promise<Delivered> {
  if (delivered.kind !== 'EVENT' || !('message' in delivered.event) || !delivered.event.message) return delivered
  const { event } = delivered
  const { message, tenantId } = delivered.event
  if (!message) return delivered
  const isOwn = seen.from > 1 || (seen.hidesSome && namesAnother(message))
  if (!isOwn && message.hiddenCount === 0) return delivered
  const isHidden = await isHiddenFrom(
    message,
    seen,
    async (userId, messageId) => (await history.hidden(tenantId, [{ userId, messageId }]))[0] === true,
  )
  if (!isHidden && !isOwn) return delivered
  const shown = seenBy(isHidden ? tombstone(message, event.at) : message, seen)
  const isBefore = message.seq < seen.from
  return { ...delivered, event: { ...event, message: isBefore ? null : shown } as typeof event }
}

const namesAnother = ({ replyToId, threadId, hasThread }: Message): boolean =>
  replyToId !== null || threadId !== null || hasThread
