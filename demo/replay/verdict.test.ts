import { expect, test } from 'vitest'
import { clientMessageIdOf, type SeenMessage } from './frames.ts'
import type { SubscriptionName } from './reader.ts'
import { type Evidence, judge } from './verdict.ts'

const CONVERSATION = 'conv_1'
const FIRST_SEQ = 4
const LINES = 60
/** Eleven connections of a reader, between ten cuts. */
const STARTS = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]
/** So much a feed gives again after each cut. */
const AGAIN = 2
/** The line that is spoiled; it stands in the middle of the third connection, and no feed gives it again. */
const SPOILED = 12

test('a clean run passes, and is counted', () => {
  expect(judge(clean())).toEqual({ faults: [], cuts: 20, cutsInReplay: 10, repeatsAbsorbed: 12, feedRepeats: 20 })
})

type Spoil = (frames: string[], at: number, frame: string, nextOne: string) => void
const put =
  (...[from, to]: [string, string]): Spoil =>
  (frames, at, frame) =>
    frames.splice(at, 1, frame.replace(from, to))

const spoils: [what: string, found: string, spoil: Spoil][] = [
  ['missing', 'brought seq 17 where 16 was next', (frames, at) => frames.splice(at, 1)],
  ['there twice', 'brought seq 16 where 17 was next', (frames, at, frame) => frames.splice(at, 0, frame)],
  ['swapped', 'brought seq 17 where 16 was next', (frames, at, one, nextOne) => frames.splice(at, 2, nextOne, one)],
  ['changed', 'line 13 has the text "other 12", not "text 12"', put('text 12', 'other 12')],
  ['by another author', 'line 13 is by "mallory", not "author 2"', put('author 2', 'mallory')],
  [
    'a reply to another',
    'line 13 answers msg_3, not msg_6',
    put('"replyTo":{"id":"msg_6"}', '"replyTo":{"id":"msg_3"}'),
  ],
  ['a reply no more', 'line 13 answers nothing, not msg_6', put('"replyTo":{"id":"msg_6"}', '"replyTo":null')],
  ['another message', 'has the id msg_99, but was acknowledged as msg_12', put('"id":"msg_12"', '"id":"msg_99"')],
  ['of no line', 'a message is there that nobody sent', put('"line-12"', '"other"')],
  ['of elsewhere', 'brought MessageSent (seq 16)', put(CONVERSATION, 'conv_2')],
  ['followed by the end', '"type":"complete"', (frames) => frames.push('{"id":"1","type":"complete"}')],
  ['lost for good', 'ResyncRequired', (frames) => frames.push(next({ __typename: 'ResyncRequired' }))],
  ['before Subscribed', '(seq 14) before Subscribed', (frames) => frames.splice(0, frames.length, ...frames.slice(-5))],
]
test.each(spoils)('an event that is %s is found in either subscription', (_what, found, spoil) => {
  for (const reader of [0, 1]) {
    const evidence = clean()
    const frames = evidence.readers[reader]!.connections[2]!
    const at = frames.findIndex((frame) => frame.includes(`"${clientMessageIdOf(SPOILED)}"`))
    spoil(frames, at, frames[at]!, frames[at + 1]!)
    expect(judge(evidence).faults.join('\n')).toContain(found)
  }
})

test('conversationEvents gives nothing again after a cut', () => {
  const evidence = clean()
  evidence.readers[0]!.connections[2]!.splice(2, 0, sent(9))
  expect(judge(evidence).faults).toContain('conversationEvents: connection 3 brought seq 13 where 14 was next')
})

test('what a feed gives again is as it was', () => {
  const evidence = clean()
  const frames = evidence.readers[1]!.connections[2]!
  frames[2] = frames[2]!.replace('text 8', 'other 8')
  expect(judge(evidence).faults.join('\n')).toContain('brought seq 12 again, but line 9 has the text "other 8"')
})

test.each(['forwards', 'backwards'] as const)('history paged %s is compared, too', (direction) => {
  const evidence = clean()
  evidence.history[direction].splice(SPOILED, 1)
  evidence.history[direction].push({ ...message(3), text: 'other' })
  expect(judge(evidence).faults).toEqual([
    `history paged ${direction}: line 4 is there twice`,
    `history paged ${direction}: line 4 has the text "other", not "text 3"`,
    `history paged ${direction}: line 13 is missing`,
  ])
})

test('a repeated send gives the first message back, and says that it does', () => {
  const evidence = clean()
  evidence.sendings[4]!.answers[1]!.deduplicated = false
  evidence.sendings[14]!.answers[0]!.id = 'msg_99'
  expect(judge(evidence).faults).toEqual([
    'the send of line 5 was not known again when repeated',
    'the send of line 15 gave another message when repeated',
  ])
})

test('a reader who was hardly cut proves nothing', () => {
  const evidence = clean()
  evidence.readers[0]!.cuts.splice(0, 1)
  expect(judge(evidence).faults).toEqual([expect.stringContaining('was cut 9 times')])
})

function clean(): Evidence {
  const all = Array.from({ length: LINES }, (_, index) => index)
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
      return { times, isFirstLost, answers: isFirstLost ? answers.slice(1) : answers.slice(0, times) }
    }),
    readers: [reader('conversationEvents'), reader('feed')],
    history: { forwards: all.map(message), backwards: all.map(message) },
  }
}

function reader(subscription: SubscriptionName) {
  const connections = STARTS.map((start, nth) => {
    const from = subscription === 'feed' && nth > 0 ? start - AGAIN : start
    const to = STARTS[nth + 1] ?? LINES
    const events = Array.from({ length: to - from }, (_, place) => sent(from + place))
    return ['{"type":"connection_ack"}', next({ __typename: 'Subscribed' }), ...events]
  })
  const cuts = STARTS.slice(1).map((_, nth) => ({ inReplay: nth % 2 === 0 }))
  return { name: subscription, subscription, connections, cuts, faults: [] }
}

function line(index: number) {
  const reply = index % 2 === 0 && index > 0 ? { replyTo: index / 2 } : {}
  return { author: `author ${index % 5}`, text: `text ${index}`, ...reply }
}

function message(index: number): SeenMessage {
  const { author, text, replyTo } = line(index)
  return {
    id: `msg_${index}`,
    seq: FIRST_SEQ + index,
    text,
    clientMessageId: clientMessageIdOf(index),
    author: { name: author },
    replyTo: replyTo === undefined ? null : { id: `msg_${replyTo}` },
  }
}

function sent(index: number): string {
  const { seq } = message(index)
  const conversation = { id: CONVERSATION }
  return next({ __typename: 'MessageSent', id: `e${index}`, seq, conversation, message: message(index) })
}

function next(event: object): string {
  return JSON.stringify({ id: '1', type: 'next', payload: { data: { event: { ...event, cursor: 'c' } } } })
}
