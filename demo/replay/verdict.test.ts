import { expect, test } from 'vitest'
import { CONVERSATION, clean, message, next, sent } from './clean-run.ts'
import { clientMessageIdOf } from './frames.ts'
import { judge } from './verdict.ts'

/** The line that is spoiled; it stands in the middle of the third connection, and no feed gives it again. */
const SPOILED = 12
const PREVIEW = JSON.stringify(message(SPOILED).replyTo)

test('a clean run passes, and is counted', () => {
  expect(judge(clean())).toEqual({
    faults: [],
    cuts: 28,
    cutsInReplay: 14,
    repeatsAbsorbed: 12,
    feedRepeats: 28,
    previews: { annotated: 29, right: 29, hidden: 5 },
    gotByLate: 30,
  })
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
  ['a reply to another', 'line 13 answers msg_3, not msg_6', put('"replyTo":{"id":"msg_6"', '"replyTo":{"id":"msg_3"')],
  ['a reply no more', 'line 13 answers nothing, not msg_6', put(PREVIEW, 'null')],
  ['a reply to what was not said', 'line 13 quotes "other 6", not "text 6"', put('text 6', 'other 6')],
  ['a reply to who did not say it', 'line 13 quotes an author "mallory", not "author 1"', put('author 1', 'mallory')],
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

test('a preview that is wrong to one reader does not count, nor one where nothing is annotated', () => {
  const evidence = clean()
  evidence.history.forwards[SPOILED] = { ...message(SPOILED), replyTo: null }
  evidence.history.backwards[SPOILED + 1] = { ...message(SPOILED + 1), replyTo: message(SPOILED).replyTo }
  expect(judge(evidence)).toMatchObject({
    faults: [
      'history paged forwards: line 13 answers nothing, not msg_6',
      'history paged backwards: line 14 answers msg_6, not nothing',
    ],
    previews: { annotated: 29, right: 28 },
  })
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

test('who has the kit is given nothing again, not even by a feed', () => {
  const evidence = clean()
  Object.assign(evidence.readers[1]!, { byKit: true })
  expect(judge(evidence).faults).toContain('feed: connection 2 brought seq 7 where 9 was next')
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

test('a send whose answer a restart has cost may be known already, but not stored twice', () => {
  const evidence = clean()
  const [once, twice] = [evidence.sendings[3]!, evidence.sendings[4]!]
  for (const sending of [once, twice]) Object.assign(sending, { lostToRestarts: 1, isFirstUncertain: true })
  for (const sending of [once, twice]) sending.answers[0]!.deduplicated = true
  expect(judge(evidence).faults).toEqual([])
  twice.answers[1]!.deduplicated = false
  expect(judge(evidence).faults).toEqual(['the send of line 5 was not known again when repeated'])
})

test('a reader who was hardly cut proves nothing', () => {
  const evidence = clean()
  evidence.readers[0]!.cuts.splice(0, 1)
  expect(judge(evidence).faults).toEqual([expect.stringContaining('was cut 9 times')])
})
