/** The raw frames of one reader: conversationEvents gives each event once and in order over all cuts; a feed may begin again a little earlier. */
import { eventIn, type SeenEvent } from './frames.ts'
import { judgeMessage, judgeMessages, type Stored } from './judge-messages.ts'
import type { ReaderRecord } from './reader.ts'

interface Expected {
  conversationId: string
  stored: readonly Stored[]
}

export interface Reading {
  faults: string[]
  repeats: number
}

export function judgeReader(record: ReaderRecord, { conversationId, stored }: Expected): Reading {
  const faults = [...record.faults]
  /** By seq, in the order of their first coming: nothing is dropped before it is judged. */
  const given = new Map<number, SeenEvent>()
  let newest: number | null = null
  let repeats = 0

  for (const [nth, frames] of record.connections.entries()) {
    const at = `connection ${nth + 1}`
    const events = frames.map(eventIn).filter((event) => event !== null)
    if (events.length > 0 && typeNameOf(events[0]) !== 'Subscribed') faults.push(`${at} does not begin with Subscribed`)
    const mayGoBack: boolean = record.subscription === 'feed' && newest !== null
    let previous: number | null = mayGoBack ? null : newest
    for (const event of events.slice(1)) {
      if (typeof event === 'string' || event.seq === undefined) faults.push(`${at} brought ${describe(event)}`)
      else if (event.__typename === 'ConversationJoined')
        continue // its seq is of the reader's own log
      else if (event.conversation?.id !== conversationId) faults.push(`${at} brought ${describe(event)} of elsewhere`)
      else {
        const { seq } = event
        const goesBack: boolean = mayGoBack && previous === null && newest !== null && seq <= newest
        const expected: number = goesBack ? seq : (previous ?? newest ?? seq - 1) + 1
        if (seq !== expected) faults.push(`${at} brought seq ${seq} where ${expected} was next`)
        previous = seq
        newest = Math.max(newest ?? seq, seq)
        const before = given.get(seq)
        if (before) {
          repeats++
          if (record.subscription !== 'feed') faults.push(`${at} brought seq ${seq} again`)
          if (before.id !== event.id) faults.push(`${at} brought seq ${seq} again with another id`)
          if (event.message) faults.push(...judgeMessage(stored, event.message))
        } else given.set(seq, event)
        if (event.message && event.message.seq !== seq) faults.push(`${at} has another seq than its message: ${seq}`)
      }
    }
  }
  const messages = [...given.values()].flatMap(({ message }) => message ?? [])
  faults.push(...judgeMessages(stored, messages))
  return { faults: faults.map((fault) => `${record.name}: ${fault}`), repeats }
}

const typeNameOf = (event: SeenEvent | string | undefined): string | undefined =>
  typeof event === 'object' ? event.__typename : undefined

const describe = (event: SeenEvent | string): string =>
  typeof event === 'string' ? event : `${event.__typename} (seq ${event.seq})`
