/** The raw frames of one reader: conversationEvents gives each event once and in order over all cuts; a feed may begin again a little earlier, but not to who has the kit. */
import { eventIn, lineIndexOf, type SeenEvent, type SeenMessage } from './frames.ts'
import { judgeMessage, judgeMessages } from './judge-messages.ts'
import type { ReaderRecord } from './reader.ts'
import type { Sight } from './sight.ts'

export interface Reading {
  faults: string[]
  /** Events that a feed gave again after a cut. */
  feedRepeats: number
  /** Each once, in the order in which they first came. */
  messages: SeenMessage[]
}

interface Expected {
  conversationId: string
  sight: Sight
}

export function judgeReader(record: ReaderRecord, { conversationId, sight }: Expected): Reading {
  const faults = [...record.faults]
  const newestUnseen = sight.stored[sight.from - 1]?.seq ?? 0
  const isLateFeed = record.subscription === 'feed' && sight.from > 0
  /** By seq, in the order in which they first came. */
  const given = new Map<number, SeenEvent>()
  let newest: number | null = null
  let feedRepeats = 0

  for (const [nth, frames] of record.connections.entries()) {
    const fault = (what: string) => faults.push(`connection ${nth + 1} brought ${what}`)
    const isResumedFeed = record.subscription === 'feed' && !record.byKit && newest !== null
    let next: number | null = newest === null ? null : newest + 1
    for (const [place, event] of logEvents(frames, conversationId, fault).entries()) {
      const { seq, id, message, pinned } = event
      const goesBack = isResumedFeed && place === 0 && next !== null && seq < next
      if (next !== null && seq !== next && !goesBack) fault(`seq ${seq} where ${next} was next`)
      next = seq + 1
      newest = Math.max(newest ?? seq, seq)
      if (message && message.seq !== seq) fault(`a message of seq ${message.seq} at seq ${seq}`)
      if (seq <= newestUnseen) fault(`seq ${seq}, which is from before he joined`)
      if (isLateFeed && given.size === 0 && event.__typename !== 'MemberJoined')
        fault(`${describe(event)} before his joining`)
      if (pinned && lineIndexOf(pinned) < sight.from)
        fault(`the pin of line ${lineIndexOf(pinned) + 1}, which he does not see`)
      const before = given.get(seq)
      if (!before) given.set(seq, event)
      else {
        if (isResumedFeed) feedRepeats++
        if (before.id !== id) fault(`seq ${seq} again with another id`)
        if (message) for (const what of judgeMessage(sight, message)) fault(`seq ${seq} again, but ${what}`)
      }
    }
  }
  const messages = [...given.values()].flatMap(({ message }) => message ?? [])
  faults.push(...judgeMessages(sight, messages))
  return { faults: faults.map((fault) => `${record.name}: ${fault}`), feedRepeats, messages }
}

type LogEvent = SeenEvent & { seq: number }

/** Those of the conversation's log. First comes Subscribed, and nothing else that has no place in it. */
function logEvents(frames: readonly string[], conversationId: string, fault: (what: string) => void): LogEvent[] {
  const [first, ...events] = frames.map(eventIn).filter((event) => event !== null)
  if (first !== undefined && (typeof first === 'string' || first.__typename !== 'Subscribed'))
    fault(`${describe(first)} before Subscribed`)
  return events.filter((event): event is LogEvent => {
    if (typeof event === 'object' && event.__typename === 'ConversationJoined') return false // of the reader's own log
    const belongs = typeof event === 'object' && event.seq !== undefined && event.conversation?.id === conversationId
    if (!belongs) fault(describe(event))
    return belongs
  })
}

const describe = (event: SeenEvent | string): string =>
  typeof event === 'string' ? event : `${event.__typename} (seq ${event.seq ?? 'none'})`
