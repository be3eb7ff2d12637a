/**
 * The local exceptions of an event: what a rule keeps from a few of its readers (messages from before their time, those that they have deleted for
 * themselves, what became of things after they left). They get an event of their own, shared with who sees the same; all others share theirs.
 */
import DataLoader from 'dataloader'
import type { ChatEvent } from '../events.ts'
import type { History } from '../messages/history.ts'
import { isHiddenFrom, seenBy, tombstone } from '../messages/seen.ts'
import type { Message, Seen, Uuid } from '../model.ts'
import { isPlainReply } from './alike.ts'
import type { Delivered, DeliveredEvent } from './delivered.ts'
import { namesAnother, type Quotes } from './quotes.ts'

export interface EventReader extends Seen {
  /** Whether he has deleted any message of the conversation for himself: then what names another message is his own to see. */
  hidesSome: boolean
}

/** Whether such a reader gets the event as everybody does: found out without a look at anything else. */
export function isAlikeForAll(event: ChatEvent, reader: Omit<EventReader, 'userId'>, quotes: Quotes | null): boolean {
  const { from, left, hidesSome } = reader
  const message = 'message' in event ? event.message : null
  if (left) return false
  if (!message) return true
  if (message.seq < from || message.hiddenCount > 0) return false
  if (hasIgnored(reader, message)) return false
  if ((from <= 1 && !hidesSome) || !namesAnother(message)) return true
  if (hidesSome || message.replyToId === null || !isPlainReply(message)) return false
  const quoted = quotes?.of(message.replyToId)
  return quoted !== undefined && quoted.seq >= from && !quoted.namesOthers
}

/** Somebody whom he ignores has said it, or may have said what it names: then it is collapsed for him. */
const hasIgnored = ({ ignored }: Pick<Seen, 'ignored'>, message: Message): boolean =>
  ignored !== undefined &&
  ignored.size > 0 &&
  (namesAnother(message) || (message.authorId !== null && ignored.has(message.authorId)))

/** As such a reader gets it, if that can be told from what the hub knows. null: it takes a look. */
export function asSeenAtOnce(
  delivered: DeliveredEvent,
  { reader, quotes }: { reader: EventReader; quotes: Quotes | null },
): Delivered | null {
  const { event } = delivered
  if (isAlikeForAll(event, reader, quotes)) return delivered
  const message = 'message' in event ? event.message : null
  if (!message || reader.left || hasIgnored(reader, message) || message.hiddenCount > 0 || message.seq < reader.from)
    return null
  const quoted = isPlainReply(message) && message.replyToId ? quotes?.of(message.replyToId) : undefined
  if (!quoted || !message.replyToId) return null
  const seesQuote = quoted.seq >= reader.from && !quotes?.isHiddenFrom(reader.userId, message.replyToId)
  return seesQuote ? null : withoutQuote(delivered, message, { reader, quoted })
}

export async function asSeen(
  history: History,
  delivered: Delivered,
  { reader, quotes }: { reader: EventReader; quotes: Quotes | null },
): Promise<Delivered> {
  if (delivered.kind !== 'EVENT' || isAlikeForAll(delivered.event, reader, quotes)) return delivered
  const { event } = delivered
  const message = 'message' in event ? event.message : null
  if (!message) return { ...delivered, seen: reader }
  const look = lookOf(history, delivered)
  const isHidden = await isHiddenFrom(message, reader, (userId, messageId) => look.isHidden.load({ userId, messageId }))
  if (!isHidden && !reader.left && message.seq >= reader.from && !hasIgnored(reader, message)) {
    const isNarrow = (reader.from > 1 || reader.hidesSome) && namesAnother(message)
    const alike = isNarrow ? await asWhoSeesTheSame(delivered, message, { reader, look, quotes }) : delivered
    if (alike) return alike
  }
  const shown = seenBy(isHidden ? tombstone(message, event.at) : message, reader)
  return {
    ...delivered,
    seen: reader,
    event: { ...event, message: message.seq < reader.from ? null : shown } as ChatEvent,
  }
}

/** A reply, of whose quote nothing further hangs: whoever sees the quote sees what all do; those who do not are alike, too. */
async function asWhoSeesTheSame(
  delivered: DeliveredEvent,
  message: Message,
  { reader, look, quotes }: { reader: EventReader; look: Look; quotes: Quotes | null },
): Promise<Delivered | null> {
  if (message.replyToId === null || !isPlainReply(message)) return null
  const quoted = await look.message.load(message.replyToId)
  if (!quoted) return null
  quotes?.learn(quoted)
  const isHidden = (userId: Uuid, messageId: Uuid) => look.isHidden.load({ userId, messageId })
  const hides = await isHiddenFrom(quoted, reader, isHidden)
  if (hides) quotes?.learnHidden(reader.userId, quoted.id)
  const seesQuote = quoted.seq >= reader.from && !hides
  if (seesQuote) return namesAnother(quoted) ? null : delivered
  return withoutQuote(delivered, message, { reader, quoted })
}

const withoutQuotes = new WeakMap<Delivered, Delivered>()

/** The same for all who do not see the quote. */
function withoutQuote(
  delivered: DeliveredEvent,
  message: Message,
  { reader, quoted }: { reader: EventReader; quoted: { seq: number } },
): Delivered {
  const known = withoutQuotes.get(delivered)
  if (known) return known
  const seen: Seen = { userId: reader.userId, from: quoted.seq + 1 }
  const event = { ...delivered.event, message: seenBy(message, seen) } as ChatEvent
  const without: Delivered = { ...delivered, seen, event }
  withoutQuotes.set(delivered, without)
  return without
}

/** What was looked up for one reader of events that came together serves all. */
interface Look {
  isHidden: DataLoader<{ userId: Uuid; messageId: Uuid }, boolean>
  message: DataLoader<Uuid, Message | null>
}

/** By who looks: several nodes may be in one process, and one of them may be dead. */
const looks = new WeakMap<History, WeakMap<object, Look>>()

function lookOf(history: History, { event: { tenantId }, readWith }: DeliveredEvent): Look {
  const own = looks.get(history) ?? new WeakMap<object, Look>()
  looks.set(history, own)
  const known = own.get(readWith)
  if (known) return known
  const look: Look = {
    isHidden: new DataLoader((asks) => history.hidden(tenantId, asks), { cache: false }),
    message: new DataLoader(async (ids) => {
      const found = new Map((await history.byIds(tenantId, ids)).map((message) => [message.id, message]))
      return ids.map((id) => found.get(id) ?? null)
    }),
  }
  own.set(readWith, look)
  return look
}
