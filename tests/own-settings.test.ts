import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

describe('what a member sets for himself', () => {
  test('is his own: pinned first, hidden until something happens, muted; nobody else sees it', async ({
    alice,
    bob,
  }) => {
    const [first, second, third] = [
      await alice.begin([bob], { title: '1' }),
      await alice.begin([bob], { title: '2' }),
      await alice.begin([bob], { title: '3' }),
    ]
    const titles = async (actor: Actor) =>
      (
        await actor.ask<{ conversations: { edges: { node: { title: string } }[] } }>(
          '{ conversations { edges { node { title } } } }',
        )
      ).conversations.edges.map(({ node }) => node.title)
    expect(await titles(bob)).toEqual(['3', '2', '1'])
    await mutate(bob, 'pinConversation', { conversationId: first, order: 2 })
    await mutate(bob, 'pinConversation', { conversationId: second, order: 1 })
    await mutate(bob, 'hideConversation', { conversationId: third, hidden: true })
    expect(await titles(bob)).toEqual(['2', '1'])
    await alice.send(third, 'here again')
    expect(await titles(bob)).toEqual(['2', '1', '3'])
    expect(await titles(alice)).toEqual(['3', '2', '1'])
    const until = '2099-01-01T00:00:00.000Z'
    await mutate(bob, 'muteConversation', { conversationId: first, until })
    const own =
      'query ($id: ID!) { conversation(id: $id) { members { edges { node { user { externalId } own { mutedUntil pinOrder hidden } } } } } }'
    const { conversation } = await bob.ask<{ conversation: { members: { edges: { node: object }[] } } }>(own, {
      id: first,
    })
    expect(conversation.members.edges.map(({ node }) => node)).toEqual([
      { user: { externalId: 'alice' }, own: null },
      { user: { externalId: 'bob' }, own: { mutedUntil: until, pinOrder: 2, hidden: false } },
    ])
  })
})
