import { describe, expect } from 'vitest'
import { type Actor, payload } from './support/actor.ts'
import { ADD, BEGIN, CONVERSATION, CONVERSATIONS, LEAVE, OPEN_DIRECT, REMOVE, SEND } from './support/documents.ts'
import { test } from './support/test-app.ts'

const membersOf = async (viewer: Actor, id: string) =>
  (await viewer.ask(CONVERSATION, { id })).conversation?.members.edges.map(
    ({ node }) => `${node.user.externalId} ${node.role}`,
  )

describe('a direct conversation', () => {
  test('is one for each pair, whoever opens it', async ({ alice, bob, carol }) => {
    const direct = await alice.openDirect(bob)
    expect(await bob.openDirect(alice)).toBe(direct)
    expect(await alice.openDirect(bob)).toBe(direct)
    expect(await alice.openDirect(carol)).not.toBe(direct)
    expect(await alice.ask(CONVERSATION, { id: direct })).toMatchObject({
      conversation: { kind: 'DIRECT', title: null, memberCount: 2 },
    })
    expect(await membersOf(bob, direct)).toEqual(['alice MEMBER', 'bob MEMBER'])
  })

  test('that two open at the same moment, ten times each, is one', async ({ alice, bob, carol }) => {
    await carol.begin([alice, bob])
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? alice.openDirect(bob) : bob.openDirect(alice))),
    )
    expect(new Set(opened).size).toBe(1)
    expect((await alice.ask(CONVERSATIONS, {})).conversations.edges).toHaveLength(2)
    expect(await membersOf(alice, opened[0] ?? '')).toHaveLength(2)
  })

  test('needs another user', async ({ alice }) => {
    const { openDirectConversation } = await alice.ask(OPEN_DIRECT, { input: { userId: alice.id } })
    expect(openDirectConversation).toMatchObject({ __typename: 'InvalidInput', path: 'input.userId' })
  })

  test('has its two members for ever', async ({ alice, bob, carol }) => {
    const conversationId = await alice.openDirect(bob)
    const forbidden = { __typename: 'Forbidden', code: 'FORBIDDEN' }
    expect((await alice.ask(ADD, { input: { conversationId, userIds: [carol.id] } })).addMembers).toMatchObject(
      forbidden,
    )
    expect((await alice.ask(REMOVE, { input: { conversationId, userId: bob.id } })).removeMember).toMatchObject(
      forbidden,
    )
    expect((await alice.ask(LEAVE, { input: { conversationId } })).leaveConversation).toMatchObject(forbidden)
    expect(await membersOf(alice, conversationId)).toEqual(['alice MEMBER', 'bob MEMBER'])
  })
})

describe('a new conversation', () => {
  test('has its creator as owner and those named once each as members', async ({ alice, bob, carol }) => {
    const memberIds = [bob.id, carol.id, bob.id, alice.id]
    const { createConversation } = await alice.ask(BEGIN, { input: { kind: 'CHANNEL', title: 'Ümlaut', memberIds } })
    const { conversation } = payload(createConversation, 'CreateConversationPayload')
    expect(conversation).toMatchObject({
      kind: 'CHANNEL',
      title: 'Ümlaut',
      memberCount: 3,
      createdBy: { externalId: 'alice' },
      viewerMembership: { role: 'OWNER', joinedSeq: 1 },
    })
    expect(await membersOf(bob, conversation.id)).toEqual(['alice OWNER', 'bob MEMBER', 'carol MEMBER'])
  })

  test('with somebody who is not there is not begun at all', async ({ alice, bob }) => {
    const memberIds = [bob.id, 'usr_01h455vb4pex5vsknk084sn02q']
    const { createConversation } = await alice.ask(BEGIN, { input: { kind: 'GROUP', memberIds } })
    expect(createConversation).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' })
    expect((await bob.ask(CONVERSATIONS, {})).conversations.edges).toEqual([])
  })

  test('has a title that can be shown', async ({ alice }) => {
    for (const title of ['', '  ', 'x'.repeat(201), 'a\0b', '\ud800']) {
      const { createConversation } = await alice.ask(BEGIN, { input: { kind: 'GROUP', title, memberIds: [] } })
      expect(createConversation).toMatchObject({ __typename: 'InvalidInput', path: 'input.title' })
    }
  })

  test('names at most 100 users', async ({ alice, bob }) => {
    const memberIds = Array.from({ length: 101 }, () => bob.id)
    const { createConversation } = await alice.ask(BEGIN, { input: { kind: 'GROUP', memberIds } })
    expect(createConversation).toMatchObject({ __typename: 'LimitExceeded', limit: 'membersPerCall', max: 100 })
  })
})

describe('members', () => {
  test('are added once: who is one already stays as he is', async ({ alice, bob, carol }) => {
    const conversation = await alice.begin([bob])
    const reader = await bob.listen(conversation)
    await alice.add(conversation, bob, carol, carol, alice)
    await alice.add(conversation, carol)
    const last = await alice.send(conversation, 'welcome')
    expect(await membersOf(carol, conversation)).toEqual(['alice OWNER', 'bob MEMBER', 'carol MEMBER'])
    expect(await reader.take(2)).toMatchObject([
      {
        __typename: 'MemberJoined',
        seq: 3,
        user: { externalId: 'carol' },
        actor: { externalId: 'alice' },
        role: 'MEMBER',
      },
      { __typename: 'MessageSent', seq: 4, message: { id: last.id } },
    ])
  })

  test('who are removed read, write and manage no more, and are told why', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    await alice.remove(conversationId, bob)
    expect(await membersOf(carol, conversationId)).toEqual(['alice OWNER', 'carol MEMBER'])
    expect(await bob.ask(CONVERSATION, { id: conversationId })).toEqual({ conversation: null })
    expect((await bob.ask(CONVERSATIONS, {})).conversations.edges).toEqual([])
    const forbidden = { __typename: 'Forbidden', explanation: 'You are no longer a member of this conversation' }
    const sending = { conversationId, clientMessageId: 'late', text: 'still here?' }
    expect((await bob.ask(SEND, { input: sending })).sendMessage).toMatchObject(forbidden)
    expect((await bob.ask(LEAVE, { input: { conversationId } })).leaveConversation).toMatchObject(forbidden)
    expect((await bob.ask(ADD, { input: { conversationId, userIds: [bob.id] } })).addMembers).toMatchObject(forbidden)
  })

  test('may be removed once: the second time there is no such member', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    await alice.remove(conversationId, bob)
    const { removeMember } = await alice.ask(REMOVE, { input: { conversationId, userId: bob.id } })
    expect(removeMember).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' })
  })

  test('may leave, and come back when they are added again', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    await bob.leave(conversation)
    expect(await membersOf(alice, conversation)).toEqual(['alice OWNER'])
    await alice.add(conversation, bob)
    expect(await membersOf(bob, conversation)).toEqual(['alice OWNER', 'bob MEMBER'])
    expect(await bob.send(conversation, 'back')).toMatchObject({ seq: 5 })
  })

  test('change the members only as owner or manager', async ({ alice, bob, carol, mallory }) => {
    const conversationId = await alice.begin([bob, carol])
    const forbidden = (explanation: string) => ({ __typename: 'Forbidden', explanation })
    const { addMembers } = await bob.ask(ADD, { input: { conversationId, userIds: [mallory.id] } })
    expect(addMembers).toMatchObject(forbidden('Only owners and managers change the members'))
    for (const { id } of [alice, carol, bob]) {
      const { removeMember } = await bob.ask(REMOVE, { input: { conversationId, userId: id } })
      expect(removeMember).toMatchObject(forbidden('Only owners, managers and moderators remove members'))
    }
    expect(await membersOf(alice, conversationId)).toHaveLength(3)
  })

  test('page in the order in which they joined', async ({ alice, bob, carol, mallory }) => {
    const id = await alice.begin([bob, carol, mallory])
    const query = `query ($id: ID!, $after: String) { conversation(id: $id) { members(first: 2, after: $after) {
      edges { cursor node { user { externalId } } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`
    type Page = {
      conversation: {
        members: { edges: { node: { user: { externalId: string } } }[]; pageInfo: { endCursor: string } }
      }
    }
    const first = await bob.ask<Page>(query, { id })
    const { endCursor } = first.conversation.members.pageInfo
    expect(first.conversation.members).toMatchObject({
      edges: [{ node: { user: { externalId: 'alice' } } }, { node: { user: { externalId: 'bob' } } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    })
    expect((await bob.ask<Page>(query, { id, after: endCursor })).conversation.members).toMatchObject({
      edges: [{ node: { user: { externalId: 'carol' } } }, { node: { user: { externalId: 'mallory' } } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
  })
})

test('in a broadcast only its managers post', async ({ alice, bob }) => {
  const conversationId = await alice.begin([bob], { kind: 'BROADCAST', title: 'News' })
  const reader = await bob.listen(conversationId)
  const input = { conversationId, clientMessageId: 'one', text: 'me too' }
  expect((await bob.ask(SEND, { input })).sendMessage).toMatchObject({
    __typename: 'Forbidden',
    explanation: 'Only its managers post to a broadcast',
  })
  const sent = await alice.send(conversationId, 'news')
  expect(await reader.take(1)).toMatchObject([{ seq: 3, message: { id: sent.id } }])
})

describe('the list of conversations', () => {
  const titles = async (actor: Actor, window: { first?: number; after?: string | null } = {}) => {
    const { edges, pageInfo } = (await actor.ask(CONVERSATIONS, window)).conversations
    return { titles: edges.map(({ node }) => node.title), ...pageInfo }
  }

  test('has the newest activity first, whoever it is of', async ({ alice, bob }) => {
    const [a, b] = [await alice.begin([bob], { title: 'a' }), await alice.begin([bob], { title: 'b' })]
    await alice.begin([bob], { title: 'c' })
    expect((await titles(bob)).titles).toEqual(['c', 'b', 'a'])
    await alice.send(a, 'hi')
    expect((await titles(bob)).titles).toEqual(['a', 'c', 'b'])
    await bob.leave(b)
    expect((await titles(bob)).titles).toEqual(['a', 'c'])
    expect((await titles(alice)).titles).toEqual(['b', 'a', 'c'])
  })

  test('pages forwards, each once', async ({ alice, bob }) => {
    for (const title of ['a', 'b', 'c', 'd', 'e']) await alice.begin([bob], { title })
    const first = await titles(bob, { first: 2 })
    expect(first).toMatchObject({ titles: ['e', 'd'], hasNextPage: true, hasPreviousPage: false })
    const second = await titles(bob, { first: 2, after: first.endCursor })
    expect(second).toMatchObject({ titles: ['c', 'b'], hasNextPage: true, hasPreviousPage: true })
    const third = await titles(bob, { first: 2, after: second.endCursor })
    expect(third).toMatchObject({ titles: ['a'], hasNextPage: false })
    expect(await titles(bob, { first: 2, after: third.endCursor })).toMatchObject({ titles: [], hasNextPage: false })
  })

  test('does not page backwards, and takes no cursor of somebody else', async ({ alice, bob }) => {
    await alice.begin([bob])
    const { endCursor } = await titles(alice)
    for (const [path, window] of Object.entries({
      last: { last: 1 },
      before: { before: endCursor },
      after: { after: endCursor },
    }))
      expect(await bob.answer(CONVERSATIONS, window)).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'INVALID_INPUT', path } }],
      })
  })
})
