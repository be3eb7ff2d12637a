import { describe, expect } from 'vitest'
import { conversationOf, hear, messageOf, say, totalsOf, unreadIn } from './support/asking.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const THREAD = `thread { replyCount lastReply { text } participants { externalId } viewerUnread { messages mentions } viewerFollowing messages { edges { node { text } } } }`

describe('a thread', () => {
  test('hangs on a message, apart from the conversation', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const root = await alice.send(conversationId, 'root')
    expect(await messageOf(bob, root.id, THREAD)).toEqual({ thread: null })
    const next = await hear(carol, '... on MessageSent { message { text threadRoot { id thread { replyCount } } } }', {
      conversationId,
    })
    await bob.send(conversationId, 'one', { threadId: root.id })
    expect(await next('MessageSent')).toMatchObject({
      message: { text: 'one', threadRoot: { id: root.id, thread: { replyCount: 1 } } },
    })
    const { id: two } = await carol.send(conversationId, 'two', { threadId: root.id })
    await bob.send(conversationId, 'three', { threadId: root.id, alsoInConversation: true })
    expect(await messageOf(alice, root.id, THREAD)).toEqual({
      thread: {
        replyCount: 3,
        lastReply: { text: 'three' },
        participants: [{ externalId: 'bob' }, { externalId: 'carol' }],
        viewerUnread: { messages: 3, mentions: 0 },
        viewerFollowing: true,
        messages: { edges: ['one', 'two', 'three'].map((text) => ({ node: { text } })) },
      },
    })
    expect((await bob.history(conversationId)).edges.map(({ node }) => node.text)).toEqual(['root', 'three'])
    await mutate(carol, 'deleteMessage', { messageId: two, for: 'EVERYBODY' })
    expect(await messageOf(alice, root.id, THREAD)).toMatchObject({
      thread: { replyCount: 2, participants: [{ externalId: 'bob' }], viewerUnread: { messages: 2 } },
    })
  })

  test('is unread for who follows it, and for nobody else', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const root = await alice.send(conversationId, 'root')
    await bob.send(conversationId, 'one', { threadId: root.id })
    const { id: last } = await bob.send(conversationId, 'two', { threadId: root.id })
    expect(await messageOf(carol, root.id, 'thread { viewerUnread { messages } viewerFollowing }')).toEqual({
      thread: { viewerUnread: null, viewerFollowing: false },
    })
    expect(await totalsOf(alice)).toMatchObject({ replies: 2, messages: 0 })
    await mutate(alice, 'markRead', { upTo: last })
    expect(await totalsOf(alice)).toMatchObject({ replies: 0 })
    await mutate(alice, 'followThread', { threadId: root.id, following: false })
    await bob.send(conversationId, 'three', { threadId: root.id })
    expect(await totalsOf(alice)).toMatchObject({ replies: 0 })
    await bob.send(conversationId, 'hey Carol', {
      threadId: root.id,
      mentions: [{ kind: 'USER', userId: carol.id, start: 4, length: 5 }],
    } as object)
    expect(await messageOf(carol, root.id, 'thread { viewerUnread { messages mentions } }')).toEqual({
      thread: { viewerUnread: { messages: 1, mentions: 1 } },
    })
    expect(await unreadIn(carol, conversationId)).toEqual({ messages: 1, mentions: 0 })
    expect(await totalsOf(carol)).toEqual({ conversations: 1, messages: 1, mentions: 1, replies: 1 })
  })

  test('hangs on a message of the conversation, not on a reply and not on one of elsewhere', async ({
    alice,
    bob,
    carol,
  }) => {
    const conversationId = await alice.begin([bob])
    const elsewhere = await alice.send(await alice.begin([carol]), 'elsewhere')
    const root = await alice.send(conversationId, 'root')
    const reply = await bob.send(conversationId, 'reply', { threadId: root.id })
    for (const threadId of [elsewhere.id, reply.id, 'nonsense'])
      expect(await say(bob, conversationId, 'lost', { threadId })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await say(bob, conversationId, 'no thread', { alsoInConversation: true })).toMatchObject({
      __typename: 'InvalidInput',
    })
  })

  test('whose root somebody does not see is not there for him', async ({ alice, bob }) => {
    const created = await mutate(
      alice,
      'createConversation',
      { kind: 'CHANNEL', title: 'C', visibility: 'PUBLIC', history: 'FROM_JOIN', memberIds: [] },
      'conversation { id }',
    )
    const conversationId = (created.conversation as { id: string }).id
    const root = await alice.send(conversationId, 'root of old')
    await alice.send(conversationId, 'reply of old', { threadId: root.id })
    await mutate(bob, 'joinConversation', { conversationId })
    const { id } = await alice.send(conversationId, 'reply of now', { threadId: root.id, alsoInConversation: true })
    expect(await messageOf(bob, id, 'text inThread threadRoot { text }')).toEqual({
      text: 'reply of now',
      inThread: true,
      threadRoot: null,
    })
    expect(
      await conversationOf(bob, conversationId, 'messages { edges { node { text } } } viewerUnread { messages }'),
    ).toEqual({
      messages: { edges: [{ node: { text: 'reply of now' } }] },
      viewerUnread: { messages: 1 },
    })
    expect(await say(bob, conversationId, 'me too', { threadId: root.id })).toMatchObject({
      __typename: 'InvalidInput',
    })
    expect(await mutate(bob, 'followThread', { threadId: root.id, following: true })).toMatchObject({
      __typename: 'NotFound',
    })
  })
})
