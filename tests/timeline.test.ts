import { expect } from 'vitest'
import { conversationOf } from './support/asking.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const ITEMS = `edges { cursor node { __typename ... on Message { text } ... on MemberJoined { user { externalId } } ... on ConversationUpdated { title previousTitle actor { externalId } } } }
  pageInfo { hasPreviousPage hasNextPage startCursor }`

test('a timeline holds messages and, between them, what was done, as data', async ({ alice, bob, carol }) => {
  const conversationId = await alice.begin([bob], { title: 'Old' })
  await alice.send(conversationId, 'one')
  await alice.add(conversationId, carol)
  await mutate(alice, 'updateConversation', { conversationId, title: 'New' })
  await mutate(bob, 'muteConversation', { conversationId })
  const { id } = await bob.send(conversationId, 'two')
  await mutate(bob, 'addReaction', { messageId: id, emoji: '👍' })
  await mutate(bob, 'pinMessage', { messageId: id })
  const expected = [
    { __typename: 'MemberJoined', user: { externalId: 'alice' } },
    { __typename: 'MemberJoined', user: { externalId: 'bob' } },
    { __typename: 'Message', text: 'one' },
    { __typename: 'MemberJoined', user: { externalId: 'carol' } },
    { __typename: 'ConversationUpdated', title: 'New', previousTitle: 'Old', actor: { externalId: 'alice' } },
    { __typename: 'Message', text: 'two' },
    { __typename: 'MessagePinned' },
  ]
  type Page = {
    timeline: { edges: { cursor: string; node: object }[]; pageInfo: { startCursor: string; hasPreviousPage: boolean } }
  }
  const { timeline } = (await conversationOf(carol, conversationId, `timeline { ${ITEMS} }`)) as Page
  expect(timeline.edges.map(({ node }) => node)).toEqual(expected)
  const last = ((await conversationOf(carol, conversationId, `timeline(last: 3) { ${ITEMS} }`)) as Page).timeline
  expect(last.edges.map(({ node }) => node)).toEqual(expected.slice(-3))
  expect(last.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false })
  const before = JSON.stringify(last.pageInfo.startCursor)
  const older = (
    (await conversationOf(carol, conversationId, `timeline(last: 10, before: ${before}) { ${ITEMS} }`)) as Page
  ).timeline
  expect(older.edges.map(({ node }) => node)).toEqual(expected.slice(0, 4))
  const first = ((await conversationOf(carol, conversationId, `timeline(first: 2) { ${ITEMS} }`)) as Page).timeline
  expect(first.edges.map(({ node }) => node)).toEqual(expected.slice(0, 2))
})
