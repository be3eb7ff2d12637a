import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { presenceFor, type Report, typingFor } from './support/overheard.ts'
import { test as base, startTestApp } from './support/test-app.ts'

const pace = { everyMs: 10, leaveMs: () => 10, typing: { sayMs: 0, expireMs: 60_000 } }

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('app', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { app, opened } = await startTestApp({ pace })
    onCleanup(() => opened.disposeAsync())
    return app
  })

const block = (actor: Actor, { id }: Actor) => mutate(actor, 'blockUser', { userId: id }, 'user { externalId }')
const unblock = (actor: Actor, { id }: Actor) => mutate(actor, 'unblockUser', { userId: id })
const mute = (actor: Actor, { id }: Actor) => mutate(actor, 'muteUser', { userId: id })

let said = 0
const say = (actor: Actor, conversationId: string, more: object = {}) =>
  mutate(
    actor,
    'sendMessage',
    { conversationId, text: 'hi', clientMessageId: `said ${++said}`, ...more },
    'message { id }',
  )
const idOf = ({ message }: Record<string, unknown>) => (message as { id: string }).id

describe('a blocked user', () => {
  test('is answered in a direct conversation as when the other is shut out, whatever he does there', async ({
    tenant,
    alice,
    bob,
    carol,
  }) => {
    await bob.begin([alice, carol])
    const [withAlice, withCarol] = [await bob.openDirect(alice), await bob.openDirect(carol)]
    const before = idOf(await say(bob, withAlice))
    const other = idOf(await say(bob, withCarol))
    expect(await block(alice, bob)).toMatchObject({ user: { externalId: 'bob' } })
    await mutate(tenant.backEnd, 'deactivateUsers', { externalIds: ['carol'], deactivated: true })
    const attempts = (conversationId: string, messageId: string) => [
      () => say(bob, conversationId),
      () => mutate(bob, 'editMessage', { messageId, text: 'better' }),
      () => mutate(bob, 'addReaction', { messageId, emoji: '👍' }),
      () => mutate(bob, 'pinMessage', { messageId }),
      () => mutate(bob, 'setTyping', { conversationId, isTyping: true }),
      () => bob.ask(`{ conversation(id: "${conversationId}") { capabilities } }`),
      () => bob.ask(`{ node(id: "${messageId}") { ... on Message { capabilities text } } }`),
    ]
    const gone = attempts(withCarol, other)
    for (const [i, attempt] of attempts(withAlice, before).entries()) expect(await attempt()).toEqual(await gone[i]?.())
    expect(await say(bob, withAlice)).toEqual({
      __typename: 'Forbidden',
      code: 'FORBIDDEN',
      explanation: 'The other member of this conversation cannot be reached',
    })
    expect((await say(alice, withAlice)).__typename).toBe('Forbidden')
    expect((await bob.history(withAlice)).edges).toHaveLength(1)
    await unblock(alice, bob)
    expect((await say(bob, withAlice)).__typename).toBe('SendMessagePayload')
  })

  test('begins no direct conversation, as with one who is shut out', async ({ tenant, alice, bob, carol }) => {
    await block(alice, bob)
    await mutate(tenant.backEnd, 'deactivateUsers', { externalIds: ['carol'], deactivated: true })
    const open = (one: Actor, { id }: Actor) => mutate(one, 'openDirectConversation', { userId: id })
    expect(await open(bob, alice)).toMatchObject({ __typename: 'NotFound' })
    expect(await open(bob, alice)).toEqual(await open(bob, carol))
    expect(await open(alice, bob)).toMatchObject({ __typename: 'NotFound' })
  })

  test('says nothing once the block is answered, however many of his messages are on their way', async ({
    alice,
    bob,
  }) => {
    await bob.begin([alice])
    const conversation = await bob.openDirect(alice)
    const sends = Array.from({ length: 45 }, () => say(bob, conversation))
    const blocked = block(alice, bob).then(() => alice.history(conversation, { last: 100 }))
    const more = Array.from({ length: 45 }, () => say(bob, conversation))
    const answers = await Promise.all([...sends, ...more])
    const known = (await blocked).edges.length
    const kept = (await alice.history(conversation, { last: 100 })).edges.length
    expect(kept).toBe(known)
    expect(answers.filter(({ __typename }) => __typename === 'SendMessagePayload')).toHaveLength(kept)
  })

  test('is unknown to who blocked him, and the other way round: presence, typing, receipts', async ({
    alice,
    bob,
    carol,
  }) => {
    const conversation = await carol.begin([alice, bob])
    await Promise.all([alice.socket(), bob.socket(), carol.socket()])
    const listening = await presenceFor(bob, { userIds: [alice.id] })
    const gone = (report: Report) => report.users?.some(({ state }) => state === 'OFFLINE') ?? false
    await listening.next((report) => report.users?.some(({ state }) => state === 'ACTIVE') ?? false)
    const typing = await typingFor(bob, conversation)
    await typing.next()
    await block(alice, bob)
    await listening.next(gone)
    for (const [one, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      expect(await (await presenceFor(one, { userIds: [other.id] })).next()).toMatchObject({ online: 0 })
      const here = await (await presenceFor(one, { conversationId: conversation })).next()
      expect(JSON.stringify(here)).not.toContain(other.id)
      const { conversation: shown } = await one.ask<{ conversation: { members: { edges: { node: object }[] } } }>(
        `{ conversation(id: "${conversation}") { members { edges { node { readSeq deliveredSeq user { externalId } } } } } }`,
      )
      expect(shown.members.edges.map(({ node }) => node)).toContainEqual({
        readSeq: null,
        deliveredSeq: null,
        user: { externalId: other.externalId },
      })
    }
    await mutate(alice, 'setTyping', { conversationId: conversation, isTyping: true })
    await mutate(carol, 'setTyping', { conversationId: conversation, isTyping: true })
    const { users = [] } = await typing.next((report) => (report.users?.length ?? 0) > 0)
    expect(users.map(({ externalId }) => externalId)).toEqual(['carol'])
  })

  test('moves no receipt that the other hears of', async ({ alice, bob, carol }) => {
    const conversation = await carol.begin([alice, bob])
    const readers = async (actor: Actor) => [await actor.listen(conversation), await actor.feed()]
    const [ofAlice, ofCarol] = [await readers(alice), await readers(carol)]
    await block(alice, bob)
    const { id: upTo } = await carol.send(conversation, 'read this')
    await mutate(bob, 'markRead', { upTo })
    for (const reader of ofCarol) await reader.next(({ __typename }) => __typename === 'ReceiptsAdvanced')
    await carol.send(conversation, 'the last')
    for (const reader of ofAlice) {
      await reader.next((event) => 'message' in event && event.message?.text === 'the last')
      expect(reader.events.map(({ __typename }) => __typename)).not.toContain('ReceiptsAdvanced')
    }
  })
})

test('all of his devices are told, the other is not; his list is his own', async ({ alice, bob }) => {
  const [ofAlice, ofBob] = [await alice.feed(), await bob.feed()]
  await block(alice, bob)
  await mute(alice, bob)
  await block(alice, bob)
  await unblock(alice, bob)
  await ofAlice.take(3)
  expect(ofAlice.events.slice(1).map(({ __typename }) => __typename)).toEqual([
    'UserBlocked',
    'UserMuted',
    'UserBlocked',
  ])
  await bob.begin([], { title: 'mine' })
  await ofBob.next()
  expect(ofBob.events.map(({ __typename }) => __typename)).not.toContain('UserBlocked')
  const lists =
    '{ viewer { blockedUsers { edges { node { user { externalId } } } } mutedUsers { edges { node { since user { externalId } } } } } }'
  expect(await alice.ask(lists)).toEqual({
    viewer: {
      blockedUsers: { edges: [] },
      mutedUsers: { edges: [{ node: { since: expect.any(String), user: { externalId: 'bob' } } }] },
    },
  })
})

test('what the bus has lost of it is found, by whoever looks for all that is due', async ({
  app,
  tenant,
  alice,
  bob,
}) => {
  await alice.begin([bob])
  const { next } = await presenceFor(bob, { userIds: [alice.id] })
  await alice.socket()
  await next((report) => report.users?.some(({ state }) => state === 'ACTIVE') ?? false)
  await app.db.$executeRaw`insert into user_aversion (tenant_id, user_id, other_id, blocked_at, changed_at)
    select a.tenant_id, a.id, b.id, now(), clock_timestamp() from "user" a join "user" b on b.tenant_id = a.tenant_id and b.external_id = 'bob'
    where a.external_id = 'alice' and a.tenant_id = ${tenant.uuid}::uuid`
  await next((report) => report.users?.some(({ state }) => state === 'OFFLINE') ?? false)
})

test('bad input: oneself, nobody, somebody of another tenant, too many', async ({
  newTenant,
  alice,
  bob,
  stranger,
}) => {
  expect(await block(alice, alice)).toMatchObject({ __typename: 'InvalidInput' })
  expect(await block(alice, stranger)).toMatchObject({ __typename: 'NotFound' })
  expect(await mutate(alice, 'muteUser', { userId: 'usr_none' })).toMatchObject({ __typename: 'NotFound' })
  expect(await unblock(alice, bob)).toMatchObject({ __typename: 'UnblockUserPayload' })
  const tenant = await newTenant({ aversions: 1 })
  const [dora, erin, finn] = [await tenant.user('dora'), await tenant.user('erin'), await tenant.user('finn')]
  expect(await block(dora, erin)).toMatchObject({ __typename: 'BlockUserPayload' })
  expect(await block(dora, finn)).toMatchObject({ __typename: 'LimitExceeded' })
  expect(await mute(dora, erin)).toMatchObject({ __typename: 'MuteUserPayload' })
})
