import { describe, expect, test } from 'vitest'
import type { EventFragment, SharedMessageFragment } from '../generated/graphql.ts'
import type { Conversation } from '../types.ts'
import { apply } from './apply.ts'
import { NOBODY } from './avoided.ts'
import { conversationOf, listed } from './conversation-list.ts'
import type { Refresher } from './refresher.ts'
import { restoreSnapshot, SNAPSHOT_VERSION, takeSnapshot } from './snapshot.ts'
import { createStore, putConversation } from './store.ts'
import { trim } from './trim.ts'

const ME = { id: 'me', externalId: 'me', name: 'Me', avatarUrl: null }
const OWN = { role: 'MEMBER', joinedSeq: 1, readSeq: 1, mutedUntil: null, pinOrder: null, hidden: false } as const
const BOB = { id: 'bob', externalId: 'bob', name: 'Bob', avatarUrl: null }

function stage() {
  const store = createStore()
  store.viewer = ME
  const asked: string[] = []
  const refresher: Refresher = {
    ask: (id: string) => void asked.push(id),
    read: async () => {},
    touched() {},
    reading: (work) => work(),
  }
  const record = store.record('conv')
  record.membership = OWN
  return { store, record, asked, hear: (event: object) => apply(store, event as EventFragment, refresher) }
}

const said = (seq: number, more: Partial<SharedMessageFragment> = {}) => ({
  __typename: 'MessageSent',
  cursor: `c${seq}`,
  id: `event ${seq}`,
  seq,
  actor: { id: (more.author ?? BOB).id },
  conversation: { id: 'conv' },
  message: {
    ...{ id: `m${seq}`, seq, clientMessageId: `client ${seq}`, text: `text ${seq}`, createdAt: '2026-11-01T00:00:00Z' },
    ...{
      editedAt: null,
      deletedAt: null,
      pinnedAt: null,
      revision: 0,
      silent: false,
      urgency: 'NORMAL',
      metadata: null,
    },
    ...{ inThread: false, alsoInConversation: false, author: BOB, mentions: [], replyTo: null, threadRoot: null },
    ...{ thread: null, reactions: [], ...more },
  },
})

test('applied twice it changes nothing the second time', () => {
  const { record, hear } = stage()
  for (const seq of [2, 3, 2, 3]) hear(said(seq))
  expect(hear(said(3))).toBe('KNOWN')
  expect([...record.messages.keys()]).toEqual(['m2', 'm3'])
  expect(record.unread).toEqual({ messages: 2, mentions: 0 })
  expect(record.spans).toEqual([{ from: 2, to: Number.POSITIVE_INFINITY, startCursor: null, endCursor: null }])
})

test('what is missing before it is not passed over', () => {
  const { record, hear } = stage()
  hear(said(2))
  expect(hear(said(4))).toBe('STALE')
  expect([...record.messages.keys()]).toEqual(['m2'])
})

test('of a type that nobody knew its place is taken, and nothing else', () => {
  const { record, hear } = stage()
  hear(said(2))
  expect(hear({ ...said(3), __typename: 'MessageTranslated' })).toBe('APPLIED')
  expect(hear({ __typename: 'SomethingElse', cursor: 'c' })).toBe('APPLIED')
  expect(hear({ __typename: 'OfMyOwnLog', cursor: 'c', seq: 9, id: 'e', actor: null })).toBe('APPLIED')
  expect(hear(said(4))).toBe('APPLIED')
  expect([...record.messages.keys()]).toEqual(['m2', 'm4'])
})

describe('unread', () => {
  test('counts what others say aloud, and what mentions me', () => {
    const { record, hear } = stage()
    hear(said(2))
    hear(said(3, { silent: true }))
    hear(said(4, { inThread: true }))
    hear(said(5, { mentions: [{ kind: 'USER', start: 0, length: 3, user: { id: 'me' } }] }))
    expect(record.unread).toEqual({ messages: 2, mentions: 1 })
  })

  test('ends when I say something, or have read elsewhere; in between the server is asked', () => {
    const { record, hear, asked } = stage()
    hear(said(2))
    hear(said(3, { author: ME }))
    expect(record.unread.messages).toBe(0)
    hear(said(4))
    hear(said(5))
    asked.length = 0
    const marked = {
      __typename: 'ReadMarked',
      cursor: 'c',
      id: 'e',
      seq: 1,
      conversation: { id: 'conv' },
      threadId: null,
    }
    hear({ ...marked, readSeq: 4 })
    expect(asked).toEqual(['conv'])
    hear({ ...marked, readSeq: 5 })
    expect(record.unread.messages).toBe(0)
  })
})

test('whose a reaction is stays known, though events tell all readers the same', () => {
  const { record, hear } = stage()
  hear(said(2))
  const reactions = (count: number) => ({ ...said(2).message, reactions: [{ emoji: '👍', count }] })
  const reacted = (seq: number, who: typeof ME, count: number) =>
    hear({ ...said(seq), __typename: 'ReactionAdded', emoji: '👍', actor: { id: who.id }, message: reactions(count) })
  reacted(3, ME, 1)
  reacted(4, BOB, 2)
  expect(record.messages.get('m2')?.message.reactions).toEqual([{ emoji: '👍', count: 2, isOwn: true }])
})

test('who leaves keeps nothing of what was said', () => {
  const { record, hear } = stage()
  hear(said(2))
  hear({ ...said(3), __typename: 'MemberLeft', user: ME, conversation: { id: 'conv', memberCount: 1 } })
  expect(record).toMatchObject({ membership: null, lastMessage: null, spans: [] })
  expect(record.messages.size).toBe(0)
})

test('of what nobody looks at the newest are kept, and it is known where they begin', () => {
  const { record, hear } = stage()
  for (let seq = 2; seq <= 40; seq++) hear(said(seq))
  trim(record, 10)
  expect(record.messages.size).toBe(10)
  expect(record.spans).toMatchObject([{ from: 31, to: Number.POSITIVE_INFINITY }])
})

test('kept and read back it is the same, through JSON; of another version nothing is taken over', () => {
  const { store, record, hear } = stage()
  hear(said(2))
  store.cursor = 'c2'
  record.shared = { id: 'conv' } as never
  const kept = JSON.parse(JSON.stringify(takeSnapshot(store))) as object
  const next = createStore()
  expect(restoreSnapshot(next, kept)).toBe(true)
  expect(next.records.get('conv')).toEqual(record)
  expect(next.cursor).toBe('c2')
  expect(restoreSnapshot(createStore(), { ...kept, version: SNAPSHOT_VERSION + 1 })).toBe(false)
  expect(restoreSnapshot(createStore(), 'rubbish')).toBe(false)
})

test('what was said in another life of the server, or is hidden since, is not the last for ever', () => {
  const { store, record, hear } = stage()
  hear(said(9))
  const { message, conversation: _where } = said(8)
  const own = { ...message, conversation: { id: 'conv' }, reactions: [] } as never
  const answer = { id: 'conv', kind: 'GROUP', capabilities: [], members: { edges: [] }, lastMessage: own } as never
  putConversation(store, answer, 8) // asked before the ninth was heard
  expect(record.lastMessage?.id).toBe('m9')
  putConversation(store, answer, 9)
  expect(record.lastMessage?.id).toBe('m8')
})

test('what a stranger has begun is in no list until it is accepted, and asked about when it is answered', () => {
  const { store, record, asked, hear } = stage()
  const answer = (state: string, requestedBy: { id: string }) =>
    ({
      id: 'conv',
      kind: 'DIRECT',
      capabilities: ['POST'],
      contact: { state, requestedBy },
      members: { edges: [] },
      lastMessage: null,
    }) as never
  const isListed = () => {
    const { membership } = record
    const conversation = { ...conversationOf(record, [], NOBODY), membership: membership ?? OWN } as Conversation
    return listed([conversation]).length === 1
  }
  putConversation(store, answer('REQUESTED', BOB), 1)
  expect(isListed()).toBe(false)
  putConversation(store, answer('REQUESTED', ME), 1)
  expect(isListed()).toBe(true)
  hear({ __typename: 'ContactAccepted', id: 'e2', seq: 2, conversation: { id: 'conv' } })
  hear({ __typename: 'ContactDeclined', id: 'e3', seq: 3, conversation: { id: 'conv' } })
  expect(asked).toEqual(['conv', 'conv'])
  putConversation(store, answer('ACCEPTED', BOB), 2)
  expect(isListed()).toBe(true)
})

test('one who has left and is back reads again, in whatever order he hears of it', () => {
  const { record, hear } = stage()
  hear(said(5))
  hear({ __typename: 'MemberLeft', id: 'e6', seq: 6, conversation: { id: 'conv', memberCount: 1 }, user: ME })
  const joined = { id: 'e7', seq: 7, conversation: { id: 'conv', memberCount: 2 }, user: ME, role: 'MEMBER' }
  expect(hear({ __typename: 'MemberJoined', ...joined })).toBe('STALE')
  expect(record.membersChangedAt).toBe(7)
})

test('what is still to be read, and to be found out after a break, outlives the page', () => {
  const { store } = stage()
  store.cursor = 'c1'
  store.toRead.add('conv')
  store.heardBefore = [{ id: 'conv', eventId: 'event 1' }]
  const next = createStore()
  restoreSnapshot(next, JSON.parse(JSON.stringify(takeSnapshot(store))))
  expect([...next.toRead]).toEqual(['conv'])
  expect(next.heardBefore).toEqual([{ id: 'conv', eventId: 'event 1' }])
})
