import { expect, test } from 'vitest'
import { clean, JOINED_AFTER, message, next, sent } from './clean-run.ts'
import { clientMessageIdOf } from './frames.ts'
import { type Evidence, judge } from './verdict.ts'

const [ON_EVENTS, ON_FEED] = [2, 3]
const EARLY = 7
/** A reply of his time to a line from before it. */
const REPLY = 36

type Spoil = (evidence: Evidence) => void
const inFrames =
  (reader: number, change: (frames: string[]) => void): Spoil =>
  ({ readers }) =>
    change(readers[reader]!.connections[1]!)
const inView =
  (change: (view: Evidence['late']['view']) => void): Spoil =>
  ({ late }) =>
    change(late.view)

const spoils: [what: string, found: string, spoil: Spoil][] = [
  [
    'an early message',
    'late reader on conversationEvents: line 8 is from before he joined',
    inFrames(ON_EVENTS, (frames) => frames.splice(3, 0, sent(EARLY))),
  ],
  [
    'an early message on his feed',
    'late reader on feed: connection 2 brought seq 11, which is from before he joined',
    inFrames(ON_FEED, (frames) => frames.splice(3, 0, sent(EARLY))),
  ],
  [
    'a preview of an early message',
    `late reader on conversationEvents: line 37 answers msg_18, not nothing`,
    inFrames(ON_EVENTS, (frames) => frames.splice(2, 1, sent(REPLY))),
  ],
  [
    'the pin of an early message',
    'brought the pin of line 8, which he does not see',
    inFrames(ON_EVENTS, (frames) => {
      const pinned = { clientMessageId: clientMessageIdOf(EARLY) }
      frames.push(next({ __typename: 'MessagePinned', seq: 40, id: 'e', conversation: { id: 'conv_1' }, pinned }))
    }),
  ],
  [
    'something before his joining',
    'late reader on feed: connection 1 brought MessageSent (seq 35) before his joining',
    ({ readers }) => readers[ON_FEED]!.connections[0]!.splice(2, 1),
  ],
  [
    'an early message in history',
    'history paged forwards: line 8 is from before he joined',
    inView(({ history }) => history.forwards.unshift(message(EARLY))),
  ],
  [
    'a preview of an early message in history',
    'history paged backwards: line 37 answers msg_18, not nothing',
    inView(({ history }) => history.backwards.splice(REPLY - JOINED_AFTER, 1, message(REPLY))),
  ],
  [
    'an early message in the timeline',
    'timeline: line 8 is from before he joined',
    inView(({ timeline }) => timeline.unshift({ __typename: 'Message', ...message(EARLY) })),
  ],
  [
    'an early notice',
    'the timeline has the notices MemberJoined, MemberJoined, ',
    inView(({ timeline }) => timeline.unshift({ __typename: 'MemberJoined' })),
  ],
  [
    'less than he may see',
    'history paged forwards: line 60 is missing',
    inView(({ history }) => history.forwards.pop()),
  ],
  [
    'an early message by its id',
    'nodes finds of line 8 msg_7, not nothing',
    inView(({ lookups }) => lookups.splice(EARLY, 1, { by: 'nodes', index: EARLY, id: 'msg_7' })),
  ],
  ['an early pinned message', 'pinned are line-0, not line-30', inView(({ pinned }) => pinned.splice(0, 1, 'line-0'))],
  [
    'too much as unread',
    'unread are 60, not 30',
    inView((view) => {
      view.unread = 60
    }),
  ],
]
test.each(spoils)('%s that the late reader gets is found', (_what, found, spoil) => {
  const evidence = clean()
  spoil(evidence)
  expect(judge(evidence).faults.join('\n')).toContain(found)
})

test('the late reader is cut less often, but is cut', () => {
  const evidence = clean()
  evidence.readers[ON_FEED]!.cuts.pop()
  expect(judge(evidence).faults).toEqual([expect.stringContaining('late reader on feed was cut 3 times')])
})

test('what he got is counted by the subscription that gave less', () => {
  const evidence = clean()
  evidence.readers[ON_FEED]!.connections.at(-1)!.pop()
  expect(judge(evidence)).toMatchObject({ gotByLate: 29, faults: ['late reader on feed: line 60 is missing'] })
})
