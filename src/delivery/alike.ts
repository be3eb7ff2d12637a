/** For whom an event is what it is for everybody, told by one number: so the many of a lane need not be asked one by one. */
import { type ChatEvent, showsOtherPast } from '../events.ts'
import type { Message } from '../model.ts'
import { namesAnother, type Quotes } from './quotes.ts'

const FOR_ALL = Number.POSITIVE_INFINITY
/** Before any event: each has to be asked. */
const FOR_NOBODY = 0
/** For those from whom nothing was ever kept. */
const THE_FIRST = 1

/**
 * From whom nothing is kept of what came at that seq and after it, who has not left and ignores nobody, he gets it as it is, and nothing follows from it for
 * him. Others may, too.
 */
export function alikeFrom(event: ChatEvent, quotes: Quotes | null): number {
  if (event.kind === 'MEMBER_LEFT' || showsOtherPast(event)) return FOR_NOBODY
  const message = 'message' in event ? event.message : null
  if (!message) return FOR_ALL
  if (message.hiddenCount > 0) return FOR_NOBODY
  if (!namesAnother(message)) return message.seq
  const quoted = message.replyToId !== null && isPlainReply(message) ? quotes?.of(message.replyToId) : undefined
  return quoted && !quoted.namesOthers ? Math.min(quoted.seq, message.seq) : THE_FIRST
}

/** The same number of a reader. */
export const seesFrom = ({ from, hidesSome }: { from: number; hidesSome: boolean }): number =>
  hidesSome ? FOR_ALL : Math.max(from, THE_FIRST)

/** Nothing hangs on it but what it quotes. */
export const isPlainReply = ({ threadId, hasThread }: Message): boolean => threadId === null && !hasThread
