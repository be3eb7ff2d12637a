import { expect, test } from 'vitest'
import type { ChatEvent } from '../events.ts'
import type { Message } from '../model.ts'
import { alikeFrom, seesFrom } from './alike.ts'
import { asSeenAtOnce, isAlikeForAll } from './as-seen.ts'
import { Live } from './delivered.ts'
import { Quotes } from './quotes.ts'

const PLAIN = { replyToId: null, threadId: null, hasThread: false, hiddenCount: 0 }
const message = (id: string, seq: number, more: Partial<Message> = {}) =>
  ({ id, seq, authorId: 'author', ...PLAIN, ...more }) as Message
const said = (of: Message, kind = 'MESSAGE_SENT') =>
  ({ kind, tenantId: 't', streamId: 's', seq: of.seq, position: BigInt(of.seq), message: of }) as ChatEvent
const reader = (from: number, hidesSome = false) => ({ userId: 'reader', from, left: undefined, hidesSome })

/** One at seq 3 that is plain, one at 4 that quotes another, one at 5 with a thread, of which only the thread was heard. */
function known(): Quotes {
  const quotes = new Quotes()
  quotes.hear(message('plain', 3))
  quotes.hear(message('quoting', 4, { replyToId: 'plain' }))
  quotes.hear(message('in a thread', 6, { threadId: 'root' }))
  return quotes
}

const EVENTS = [
  said(message('new', 9)),
  said(message('new', 9, { hiddenCount: 1 })),
  said(message('old', 2), 'REACTION_ADDED'),
  ...['plain', 'quoting', 'root', 'never heard of'].map((replyToId) => said(message('new', 9, { replyToId }))),
  said(message('new', 9, { replyToId: 'plain', threadId: 'root' })),
  said(message('new', 9, { hasThread: true })),
  { kind: 'MEMBER_JOINED', seq: 9 } as ChatEvent,
]
const READERS = [1, 2, 3, 4, 9, 10].flatMap((from) => [reader(from), reader(from, true)])

test('whoever is not asked gets it as it is', () => {
  const quotes = known()
  let unasked = 0
  for (const event of EVENTS)
    for (const each of READERS)
      if (seesFrom(each) <= alikeFrom(event, quotes)) {
        unasked++
        expect({ event, each, isAlike: isAlikeForAll(event, each, quotes) }).toMatchObject({ isAlike: true })
      }
  expect(unasked).toBeGreaterThan(EVENTS.length)
})

test('all are asked about what somebody hides, what ends their time, and another past', () => {
  const others = [
    said(message('new', 9, { hiddenCount: 1 })),
    { kind: 'MEMBER_LEFT', seq: 9 } as ChatEvent,
    { kind: 'CONVERSATION_UPDATED', seq: 9, changed: ['history'] } as unknown as ChatEvent,
  ]
  for (const event of others) for (const each of READERS) expect(seesFrom(each)).toBeGreaterThan(alikeFrom(event, null))
})

test('who was found to hide the quoted one gets the same as who came after it; nobody else does', () => {
  const quotes = known()
  quotes.learnHidden('reader', 'plain')
  const { forConversation } = new Live(said(message('new', 9, { replyToId: 'plain' })), quotes)
  const as = (each: ReturnType<typeof reader>) => asSeenAtOnce(forConversation, { reader: each, quotes })
  const unseen = as(reader(1, true))
  expect(unseen).toMatchObject({ seen: { from: 4 } })
  expect(as(reader(4))).toBe(unseen)
  expect(as(reader(3))).toBe(forConversation)
  expect(as({ ...reader(1, true), userId: 'another' })).toBe(null)
})

test('of a message whose thread was heard of, and not itself, nobody is told that it is from before his time', () => {
  const quotes = known()
  const { forConversation } = new Live(said(message('new', 9, { replyToId: 'root' })), quotes)
  expect(asSeenAtOnce(forConversation, { reader: reader(4), quotes })).toBe(null)
})
