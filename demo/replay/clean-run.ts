/** The evidence of a run without a fault, made up: what the tests of the verdict spoil. */
import { clientMessageIdOf, type SeenMessage } from './frames.ts'
import type { ReaderRecord } from './reader.ts'
import type { Evidence } from './verdict.ts'

export const CONVERSATION = 'conv_1'
/** Where the late reader joins: his joining takes the seq before that line's. */
export const JOINED_AFTER = 30
const FIRST_SEQ = 4
const LINES = 60
/** The connections of a reader begin with these lines: eleven, between ten cuts. */
const STARTS = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]
const STARTS_OF_LATE = [30, 36, 42, 48, 54]
/** So much a feed gives again after each cut. */
const AGAIN = 2
/** From that line on, late readers see what is answered. */
const NEAR = 40

export function clean(): Evidence {
  const all = Array.from({ length: LINES }, (_, index) => index)
  const seenByLate = all.slice(JOINED_AFTER).map((index) => message(index, JOINED_AFTER))
  return {
    conversationId: CONVERSATION,
    lines: all.map((index) => ({ ...line(index), time: '' })),
    sendings: all.map((index) => {
      const { id, seq } = message(index)
      const times = (index + 1) % 5 === 0 ? 2 : 1
      const isFirstLost = times === 2 && index % 3 === 0
      const answers = [
        { id, seq, deduplicated: false },
        { id, seq, deduplicated: true },
      ]
      const given = isFirstLost ? answers.slice(1) : answers.slice(0, times)
      return { times, isFirstLost, lostToRestarts: 0, isFirstUncertain: false, answers: given }
    }),
    readers: [
      reader('conversationEvents', STARTS),
      reader('feed', STARTS),
      reader('conversationEvents', STARTS_OF_LATE),
      reader('feed', STARTS_OF_LATE),
    ],
    history: { forwards: all.map((index) => message(index)), backwards: all.map((index) => message(index)) },
    late: {
      joinedAfter: JOINED_AFTER,
      pins: [JOINED_AFTER, 0, JOINED_AFTER - 1],
      hostsPinned: [JOINED_AFTER, 0, JOINED_AFTER - 1].map(clientMessageIdOf),
      view: {
        history: { forwards: [...seenByLate], backwards: [...seenByLate] },
        timeline: [
          { __typename: 'MemberJoined' },
          { __typename: 'MessagePinned', pinned: null },
          ...seenByLate.map((seen) => ({ __typename: 'Message' as const, ...seen })),
          { __typename: 'MessagePinned', pinned: { clientMessageId: clientMessageIdOf(JOINED_AFTER) } },
        ],
        lookups: all.map((index) => ({ by: 'nodes', index, id: index < JOINED_AFTER ? null : message(index).id })),
        unread: LINES - JOINED_AFTER,
        pinned: [clientMessageIdOf(JOINED_AFTER)],
      },
    },
  }
}

function reader(subscription: ReaderRecord['subscription'], starts: readonly number[]): ReaderRecord {
  const joinedAfter = starts[0] ?? 0
  const connections = starts.map((start, nth) => {
    const from = subscription === 'feed' && nth > 0 ? start - AGAIN : start
    const to = starts[nth + 1] ?? LINES
    const events = Array.from({ length: to - from }, (_, place) => sent(from + place, joinedAfter))
    // A conversationEvents subscription of his is opened when he has joined.
    const hearsJoining = from <= JOINED_AFTER && to > JOINED_AFTER && (subscription === 'feed' || joinedAfter === 0)
    if (hearsJoining) events.splice(JOINED_AFTER - from, 0, joined())
    return ['{"type":"connection_ack"}', next({ __typename: 'Subscribed' }), ...events]
  })
  const cuts = starts.slice(1).map((_, nth) => ({ inReplay: nth % 2 === 0 }))
  const name = joinedAfter > 0 ? `late reader on ${subscription}` : subscription
  return { name, subscription, joinedAfter, byKit: false, connections, cuts, comebacks: 0, faults: [] }
}

function line(index: number) {
  const reply = index % 2 === 0 && index > 0 ? { replyTo: index < NEAR ? index / 2 : index - 5 } : {}
  return { author: `author ${index % 5}`, text: `text ${index}`, ...reply }
}

/** As it is shown to who sees the lines from the second argument on. */
export function message(index: number, from = 0): SeenMessage {
  const { author, text, replyTo = -1 } = line(index)
  const answered = line(replyTo)
  return {
    id: `msg_${index}`,
    seq: FIRST_SEQ + index + (index < JOINED_AFTER ? 0 : 1),
    text,
    clientMessageId: clientMessageIdOf(index),
    author: { name: author },
    replyTo: replyTo < from ? null : { id: `msg_${replyTo}`, text: answered.text, author: { name: answered.author } },
  }
}

export function sent(index: number, from = 0): string {
  const seen = message(index, from)
  return ofLog({ __typename: 'MessageSent', seq: seen.seq, message: seen })
}

const joined = (): string => ofLog({ __typename: 'MemberJoined', seq: FIRST_SEQ + JOINED_AFTER })

const ofLog = (event: { __typename: string; seq: number; message?: SeenMessage }): string =>
  next({ ...event, id: `e${event.seq}`, conversation: { id: CONVERSATION } })

export function next(event: object): string {
  return JSON.stringify({ id: '1', type: 'next', payload: { data: { event: { ...event, cursor: 'c' } } } })
}
