import { describe, expect } from 'vitest'
import { conversationOf, hear, say, totalsOf, unreadIn } from './support/asking.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const all = (userId: string) => [{ kind: 'USER', userId, start: 0, length: 1 }]

describe('what is unread', () => {
  test('is what others said since one has read, right after edits and deletions', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const one = await alice.send(conversationId, 'one')
    const two = await alice.send(conversationId, 'two')
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 2, mentions: 0 })
    expect(await unreadIn(alice, conversationId)).toEqual({ messages: 0, mentions: 0 })
    await mutate(alice, 'editMessage', { messageId: two.id, text: '@bob two', mentions: all(bob.id) })
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 2, mentions: 1 })
    await mutate(alice, 'editMessage', { messageId: two.id, text: 'two' })
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 2, mentions: 0 })
    await mutate(alice, 'deleteMessage', { messageId: one.id, for: 'EVERYBODY' })
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 1, mentions: 0 })
    await mutate(bob, 'deleteMessage', { messageId: two.id, for: 'ME' })
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 0, mentions: 0 })
    await say(alice, conversationId, 'psst', { silent: true, mentions: all(bob.id) })
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 0, mentions: 0 })
    await alice.send(conversationId, 'three')
    await bob.send(conversationId, 'I am here')
    expect(await unreadIn(bob, conversationId)).toEqual({ messages: 0, mentions: 0 })
  })

  test('moves forwards by markRead, back by markUnread, on all devices', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const said = [
      await alice.send(conversationId, 'one'),
      await bob.send(conversationId, 'two'),
      await alice.send(conversationId, 'three'),
    ]
    const next = await hear(
      bob,
      '... on ReadMarked { readSeq conversation { id viewerUnread { messages } } viewerUnread { messages conversations } }',
    )
    await mutate(bob, 'markRead', { upTo: said[2]?.id })
    expect(await next('ReadMarked')).toMatchObject({
      readSeq: said[2]?.seq,
      conversation: { id: conversationId, viewerUnread: { messages: 0 } },
      viewerUnread: { messages: 0 },
    })
    await mutate(bob, 'markRead', { upTo: said[0]?.id })
    expect(await unreadIn(bob, conversationId)).toMatchObject({ messages: 0 })
    await mutate(bob, 'markUnread', { from: said[0]?.id })
    expect(await next('ReadMarked')).toMatchObject({
      readSeq: (said[0]?.seq ?? 0) - 1,
      conversation: { viewerUnread: { messages: 2 } },
    })
    await mutate(bob, 'markRead', { upTo: said[0]?.id })
    expect(await unreadIn(bob, conversationId)).toMatchObject({ messages: 1 })
    await bob.send(conversationId, 'four')
    expect(await unreadIn(bob, conversationId)).toMatchObject({ messages: 0 })
  })

  test('begins at one’s joining, and what is muted or hidden is in no total', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob])
    const before = await alice.send(conversationId, 'before')
    await alice.add(conversationId, carol)
    expect(await unreadIn(carol, conversationId)).toEqual({ messages: 0, mentions: 0 })
    await mutate(alice, 'deleteMessage', { messageId: before.id, for: 'EVERYBODY' })
    await say(alice, conversationId, 'hello all', { mentions: [{ kind: 'ALL', start: 6, length: 3 }] })
    expect(await unreadIn(carol, conversationId)).toEqual({ messages: 1, mentions: 1 })
    expect(await totalsOf(carol)).toEqual({ conversations: 1, messages: 1, mentions: 1, replies: 0 })
    const nothing = { conversations: 0, messages: 0, mentions: 0, replies: 0 }
    await mutate(carol, 'muteConversation', { conversationId, until: '2099-01-01T00:00:00.000Z' })
    expect(await totalsOf(carol)).toEqual(nothing)
    await mutate(carol, 'muteConversation', { conversationId })
    await mutate(carol, 'hideConversation', { conversationId, hidden: true })
    expect(await totalsOf(carol)).toEqual(nothing)
    await alice.send(conversationId, 'again')
    expect(await totalsOf(carol)).toMatchObject({ conversations: 1, messages: 2, mentions: 1 })
  })

  test('in all arrives in the feed, each reader’s own', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const first = await alice.send(conversationId, 'one')
    await mutate(carol, 'markRead', { upTo: first.id })
    const [his, hers] = [await hear(bob, 'viewerUnread { messages }'), await hear(carol, 'viewerUnread { messages }')]
    await alice.send(conversationId, 'two')
    expect(await his('MessageSent')).toMatchObject({ viewerUnread: { messages: 2 } })
    expect(await hers('MessageSent')).toMatchObject({ viewerUnread: { messages: 1 } })
  })
})

describe('receipts', () => {
  const SEEN = 'members { edges { node { user { externalId } readSeq deliveredSeq } } }'
  type Seen = {
    edges: { node: { user: { externalId: string }; readSeq: number | null; deliveredSeq: number | null } }[]
  }

  test('show how far each member has it and has read it, unless he does not want that', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const [one, two] = [await alice.send(conversationId, 'one'), await alice.send(conversationId, 'two')]
    await mutate(bob, 'markDelivered', { upTo: two.id })
    await mutate(bob, 'markRead', { upTo: one.id })
    const bobs = async () =>
      ((await conversationOf(alice, conversationId, SEEN)).members as Seen).edges.find(
        ({ node }) => node.user.externalId === 'bob',
      )?.node
    expect(await bobs()).toMatchObject({ readSeq: one.seq, deliveredSeq: two.seq })
    await mutate(bob, 'updatePrivacy', { showReceipts: false })
    expect(await bobs()).toMatchObject({ readSeq: null, deliveredSeq: null })
  })

  test('arrive while one listens, and are nowhere afterwards', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { id, seq } = await alice.send(conversationId, 'one')
    const fields = '... on ReceiptsAdvanced { user { externalId } readSeq deliveredSeq conversation { id } }'
    const [inFeed, inConversation] = [await hear(alice, fields), await hear(alice, fields, { conversationId })]
    await mutate(bob, 'markRead', { upTo: id })
    const expected = {
      user: { externalId: 'bob' },
      readSeq: seq,
      deliveredSeq: seq,
      conversation: { id: conversationId },
    }
    expect(await inFeed('ReceiptsAdvanced')).toMatchObject(expected)
    expect(await inConversation('ReceiptsAdvanced')).toMatchObject(expected)
    await mutate(bob, 'updatePrivacy', { showReceipts: false })
    const { id: two } = await alice.send(conversationId, 'two')
    await mutate(bob, 'markRead', { upTo: two })
    await alice.send(conversationId, 'three')
    await inFeed('MessageSent')
    await inFeed('MessageSent')
    expect(inFeed.passed).toEqual([])
  })

  test('are off in a broadcast', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob], { kind: 'BROADCAST' })
    const { id } = await alice.send(conversationId, 'one')
    await mutate(bob, 'markRead', { upTo: id })
    const { members } = (await conversationOf(alice, conversationId, SEEN)) as { members: Seen }
    expect(members.edges.map(({ node }) => node.readSeq)).toEqual([null, null])
    expect(await unreadIn(bob, conversationId)).toMatchObject({ messages: 0 })
  })
})
