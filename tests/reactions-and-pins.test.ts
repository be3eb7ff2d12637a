import { describe, expect } from 'vitest'
import { conversationOf, hear, messageOf, say } from './support/asking.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const REACTIONS = 'reactions { emoji count viewerReacted users { edges { node { externalId } } } }'

describe('reactions', () => {
  test('are counted by emoji, and each member’s once', async ({ alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const { id } = await alice.send(conversationId, 'well?')
    const next = await hear(
      carol,
      '... on ReactionAdded { emoji actor { externalId } message { id reactions { emoji count } } } ... on ReactionRemoved { emoji message { reactions { emoji count } } }',
    )
    const react = (who: typeof alice, emoji: string) =>
      mutate(who, 'addReaction', { messageId: id, emoji }, `message { ${REACTIONS} }`)
    await react(bob, '👍')
    expect(await next('ReactionAdded')).toMatchObject({
      emoji: '👍',
      actor: { externalId: 'bob' },
      message: { id, reactions: [{ emoji: '👍', count: 1 }] },
    })
    await react(bob, '👍')
    await react(carol, '❤')
    await react(carol, '👍')
    expect(await messageOf(bob, id, REACTIONS)).toEqual({
      reactions: [
        {
          emoji: '👍',
          count: 2,
          viewerReacted: true,
          users: { edges: [{ node: { externalId: 'bob' } }, { node: { externalId: 'carol' } }] },
        },
        { emoji: '❤️', count: 1, viewerReacted: false, users: { edges: [{ node: { externalId: 'carol' } }] } },
      ],
    })
    await mutate(carol, 'removeReaction', { messageId: id, emoji: '❤️' })
    await mutate(carol, 'removeReaction', { messageId: id, emoji: '❤️' })
    expect(await next('ReactionRemoved')).toMatchObject({
      emoji: '❤️',
      message: { reactions: [{ emoji: '👍', count: 2 }] },
    })
  })

  test('are emoji, and not too many', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { id } = await alice.send(conversationId, 'well?')
    for (const emoji of ['', 'ok', ':+1:', '👍👍', '<script>', '\u0000'])
      expect(await mutate(bob, 'addReaction', { messageId: id, emoji })).toMatchObject({ __typename: 'InvalidInput' })
    const many = Array.from({ length: 51 }, (_, n) => String.fromCodePoint(0x1f600 + n))
    const answers = []
    for (const emoji of many.slice(0, 51))
      answers.push((await mutate(bob, 'addReaction', { messageId: id, emoji })).__typename)
    expect(new Set(answers.slice(0, 50))).toEqual(new Set(['AddReactionPayload']))
    expect(answers[50]).toBe('LimitExceeded')
  })
})

describe('pins', () => {
  test('are at hand for all, newest first, and told as events and in the timeline', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const [one, two] = [await alice.send(conversationId, 'one'), await bob.send(conversationId, 'two')]
    const next = await hear(
      alice,
      '... on MessagePinned { message { id pinnedAt } } ... on MessageUnpinned { message { id pinnedAt } }',
      { conversationId },
    )
    for (const { id } of [two, one, one]) await mutate(bob, 'pinMessage', { messageId: id })
    expect(await next('MessagePinned')).toMatchObject({ message: { id: two.id } })
    expect(await conversationOf(alice, conversationId, 'pinnedMessages { text pinnedBy { externalId } }')).toEqual({
      pinnedMessages: [
        { text: 'one', pinnedBy: { externalId: 'bob' } },
        { text: 'two', pinnedBy: { externalId: 'bob' } },
      ],
    })
    await mutate(alice, 'unpinMessage', { messageId: one.id })
    expect(await next('MessageUnpinned')).toMatchObject({ message: { id: one.id, pinnedAt: null } })
  })

  test('are fifty at most', async ({ app, tenant, alice }) => {
    const conversationId = await alice.begin([])
    await tenant.fill(conversationId, alice, 51)
    const { edges } = await alice.history(conversationId, { last: 51 })
    await app.db.message.updateMany({
      where: { tenantId: tenant.uuid, seq: { lte: 51 } },
      data: { pinnedAt: new Date() },
    })
    expect(await mutate(alice, 'pinMessage', { messageId: edges.at(-1)?.node.id })).toMatchObject({
      __typename: 'LimitExceeded',
    })
  })
})

describe('mentions', () => {
  test('are ranges, so that a rename shows', async ({ tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const mention = { kind: 'USER', userId: bob.id, start: 3, length: 4 }
    const { id } = (await say(alice, conversationId, 'hi @bob', { mentions: [mention] })).message as { id: string }
    await mutate(tenant.backEnd, 'upsertUsers', { users: [{ externalId: 'bob', name: 'Robert' }] })
    expect(await messageOf(alice, id, 'text mentions { kind start length user { name } }')).toEqual({
      text: 'hi @bob',
      mentions: [{ kind: 'USER', start: 3, length: 4, user: { name: 'Robert' } }],
    })
  })

  test('lie in the text, name who is there, and name everybody where one may', async ({ alice, bob, stranger }) => {
    const conversationId = await alice.begin([bob])
    const range = { start: 0, length: 2 }
    const tried: [object[], string][] = [
      [[{ kind: 'USER', userId: bob.id, start: 1, length: 2 }], 'InvalidInput'],
      [[{ kind: 'USER', userId: bob.id, start: -1, length: 1 }], 'InvalidInput'],
      [[{ kind: 'USER', userId: stranger.id, ...range }], 'InvalidInput'],
      [[{ kind: 'USER', ...range }], 'InvalidInput'],
      [
        [
          { kind: 'USER', userId: bob.id, ...range },
          { kind: 'USER', userId: alice.id, ...range },
        ],
        'InvalidInput',
      ],
      [Array.from({ length: 101 }, () => ({ kind: 'USER', userId: bob.id, ...range })), 'LimitExceeded'],
      [[{ kind: 'ALL', ...range }], 'Forbidden'],
    ]
    for (const [mentions, type] of tried)
      expect(await say(bob, conversationId, 'hi', { mentions }), type).toMatchObject({ __typename: type })
    expect(await say(alice, conversationId, 'hi', { mentions: [{ kind: 'ALL', ...range }] })).toMatchObject({
      __typename: 'SendMessagePayload',
    })
  })
})
