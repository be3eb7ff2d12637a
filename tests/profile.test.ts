/** What a user says of himself, what becomes of it when others say something, and whom he shows what. */
import { describe, expect } from 'vitest'
import { endStatusKind } from '../src/accounts/profiles.ts'
import { uuidIn } from '../src/jobs/kind.ts'
import { decodeId } from '../src/lib/ids.ts'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { presenceFor } from './support/overheard.ts'
import { openReader } from './support/reader.ts'
import { test } from './support/test-app.ts'

const SHOWN = 'name avatarUrl bio status { text emoji expiresAt }'
const seenBy = async (viewer: Actor, { id }: Actor) =>
  (await viewer.ask<{ user: Record<string, unknown> }>(`{ user(id: "${id}") { ${SHOWN} } }`)).user
const OWN = `subscription { feed { __typename cursor ... on AccountUpdated { changed user { ${SHOWN} } } } }`

describe('a profile', () => {
  test('is set, and seen by others and on all devices', async ({ alice, bob }) => {
    const reader = await openReader(await alice.socket(), OWN, {})
    const profile = { name: 'Alícia', avatarUrl: 'https://example.com/a.png', bio: 'I write\nin two lines' }
    const set = await mutate(alice, 'updateProfile', profile, `user { ${SHOWN} }`)
    expect(set.user).toMatchObject(profile)
    expect(await seenBy(bob, alice)).toMatchObject(profile)
    expect(await reader.next()).toMatchObject({ __typename: 'AccountUpdated', changed: ['PROFILE'], user: profile })
    await mutate(alice, 'updateProfile', { name: profile.name }) // it is so already: nobody is told
    await mutate(alice, 'updateProfile', { bio: null })
    expect(await reader.next()).toMatchObject({ user: { ...profile, bio: null } })
  })

  test('reaches who has him on the screen, and nobody who may not see him', async ({ alice, bob, carol }) => {
    await alice.begin([bob])
    const [friend, outsider] = [
      await presenceFor(bob, { userIds: [alice.id] }),
      await presenceFor(carol, { userIds: [alice.id] }),
    ]
    await friend.next()
    await outsider.next()
    await mutate(alice, 'setStatus', { text: 'at lunch' })
    expect(await friend.next()).toMatchObject({ isSnapshot: false, users: [{ userId: alice.id, state: 'OFFLINE' }] })
    expect(outsider.rest()).toEqual([])
  })

  test('that was chosen stays until the back end says something else; null gives its word back', async ({
    tenant,
    alice,
    bob,
  }) => {
    const say = (name: string) => mutate(tenant.backEnd, 'upsertUsers', { users: [{ externalId: 'alice', name }] })
    await mutate(alice, 'updateProfile', { name: 'Ally' })
    await say('Alice')
    expect(await seenBy(bob, alice)).toMatchObject({ name: 'Ally' })
    await say('Alice Cooper')
    expect(await seenBy(bob, alice)).toMatchObject({ name: 'Alice Cooper' })
    await mutate(alice, 'updateProfile', { name: 'Ally' })
    await mutate(alice, 'updateProfile', { name: null })
    expect(await seenBy(bob, alice)).toMatchObject({ name: 'Alice Cooper' })
  })

  test.for([
    ['an empty name', 'updateProfile', { name: '  ' }, 'input.name'],
    ['a name of which nothing can be seen', 'updateProfile', { name: '\u200b\u202e' }, 'input.name'],
    ['half of a character', 'updateProfile', { bio: '\ud800' }, 'input.bio'],
    ['too long a bio', 'updateProfile', { bio: 'x'.repeat(1_001) }, 'input.bio'],
    ['a word for an emoji', 'setStatus', { emoji: 'palm' }, 'input.emoji'],
    ['a status that is over', 'setStatus', { text: 'past', expiresAt: '2020-01-01T00:00:00.000Z' }, 'input.expiresAt'],
    ['too long a status', 'setStatus', { text: 'x'.repeat(101) }, 'input.text'],
  ] as const)('with %s is refused by name', async ([, mutation, input, path], { alice }) => {
    const query = `mutation ($input: ${mutation === 'setStatus' ? 'SetStatusInput' : 'UpdateProfileInput'}!) { ${mutation}(input: $input) { ... on InvalidInput { path } } }`
    expect(await alice.ask(query, { input })).toEqual({ [mutation]: { path } })
  })

  test('turns the text around it nowhere', async ({ alice, bob }) => {
    await mutate(alice, 'updateProfile', { name: 'Ali\u202ece' })
    await mutate(alice, 'setStatus', { text: 'here\u202e' })
    expect(await seenBy(bob, alice)).toMatchObject({ name: 'Alice', status: { text: 'here' } })
  })
})

test('a status is shown until it expires, by whoever reads it', async ({ app, tenant, alice, bob }) => {
  const status = { text: 'at lunch', emoji: '🍜', expiresAt: '2099-01-01T00:00:00.000Z' }
  await mutate(alice, 'setStatus', status)
  expect(await seenBy(bob, alice)).toMatchObject({ status })
  const where = { tenantId_externalId: { tenantId: tenant.uuid, externalId: 'alice' } }
  await app.db.user.update({ where, data: { statusExpiresAt: new Date(Date.now() - 1) } })
  expect(await seenBy(bob, alice)).toMatchObject({ status: null })
  await mutate(alice, 'setStatus', { emoji: '🍜' })
  expect(await seenBy(bob, alice)).toMatchObject({ status: { text: null, emoji: '🍜', expiresAt: null } })
  await mutate(alice, 'setStatus', {})
  expect(await seenBy(bob, alice)).toMatchObject({ status: null })
})

test('a status that is over is told to all who see it, once, and its successor stays', async ({
  app,
  tenant,
  alice,
  bob,
}) => {
  await alice.begin([bob])
  const own = await openReader(await alice.socket(), OWN, {})
  const friend = await presenceFor(bob, { userIds: [alice.id] })
  await friend.next()
  const isTold = async (status: object | null) => {
    expect(await own.next()).toMatchObject({ changed: ['STATUS'], user: { status } })
    expect(await friend.next()).toMatchObject({ users: [{ userId: alice.id }] })
  }
  const jobs = async () =>
    (await app.queue.find(endStatusKind, 100))
      .filter(({ data }) => uuidIn(data, 'userId') === decodeId('usr', alice.id))
      .map(({ id, state }) => ({ id, state }))
  await mutate(alice, 'setStatus', { text: 'for long', expiresAt: '2099-01-01T00:00:00.000Z' })
  await isTold({ text: 'for long' })
  await mutate(alice, 'setStatus', { text: 'for a moment', expiresAt: new Date(Date.now() + 3_000).toISOString() })
  await isTold({ text: 'for a moment' })
  await isTold(null)
  const where = { tenantId_externalId: { tenantId: tenant.uuid, externalId: 'alice' } }
  const { id, statusText } = await app.db.user.findUniqueOrThrow({ where })
  expect(statusText).toBeNull()
  await expect.poll(jobs).toEqual([{ id, state: 'completed' }])

  await mutate(alice, 'setStatus', { text: 'without an end' })
  const stale = await app.parts.jobs.send(endStatusKind, { tenantId: tenant.uuid, userId: id })
  await expect.poll(jobs).toContainEqual({ id: stale, state: 'completed' })
  expect(await seenBy(bob, alice)).toMatchObject({ status: { text: 'without an end' } })
})

describe('who sees whether he is here', () => {
  const privacy = (actor: Actor, input: object) => mutate(actor, 'updatePrivacy', input)

  test('is everybody but guests, those he shares a conversation with, or nobody', async ({ alice, bob, carol }) => {
    await alice.begin([bob])
    const watching = await presenceFor(bob, { userIds: [alice.id] })
    await alice.socket()
    await watching.next(({ users }) => users?.[0]?.state === 'ACTIVE')
    const stateFor = async (viewer: Actor) =>
      (await (await presenceFor(viewer, { userIds: [alice.id] })).next()).users?.[0]?.state
    expect([await stateFor(bob), await stateFor(carol)]).toEqual(['ACTIVE', 'OFFLINE'])
    await privacy(alice, { presenceTo: 'EVERYBODY' })
    expect([await stateFor(bob), await stateFor(carol)]).toEqual(['ACTIVE', 'ACTIVE'])
    await privacy(alice, { presenceTo: 'NOBODY' })
    expect([await stateFor(bob), await stateFor(carol)]).toEqual(['OFFLINE', 'OFFLINE'])
    await mutate(alice, 'setPresence', { state: 'ACTIVE' })
    expect(await stateFor(bob)).toBe('OFFLINE')
    await privacy(alice, { presenceTo: 'SHARED_CONVERSATION' })
    expect([await stateFor(bob), await stateFor(carol)]).toEqual(['ACTIVE', 'OFFLINE'])
  })

  test('is told to those who watch him and to a conversation at once, and hides when he was here last', async ({
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    await alice.socket()
    const chosen = await presenceFor(bob, { userIds: [alice.id] })
    const members = await presenceFor(bob, { conversationId })
    await chosen.next(({ users }) => users?.[0]?.state === 'ACTIVE')
    await members.next(({ users }) => users?.some(({ userId }) => userId === alice.id) ?? false)
    await privacy(alice, { presenceTo: 'NOBODY' })
    expect(await chosen.next()).toMatchObject({ users: [{ state: 'OFFLINE', lastSeenAt: null }] })
    await members.next(
      ({ users }) => users?.some(({ userId, state }) => userId === alice.id && state === 'OFFLINE') ?? false,
    )
  })

  test('is what the viewer finds, and his other devices hear of a change alone', async ({ alice }) => {
    const reader = await openReader(await alice.socket(), OWN, {})
    const set = { presenceTo: 'NOBODY', messagesFrom: 'SHARED_CONVERSATION' }
    await privacy(alice, set)
    await privacy(alice, set)
    await mutate(alice, 'setStatus', { text: 'next' })
    expect(await reader.next()).toMatchObject({ changed: ['PRIVACY'] })
    expect(await reader.next()).toMatchObject({ changed: ['STATUS'] })
    expect(await alice.ask('{ viewer { presenceTo messagesFrom } }')).toEqual({ viewer: set })
  })
})

test('who may begin a direct conversation is everybody, who shares one, or nobody; those that there are go on', async ({
  alice,
  bob,
  carol,
  mallory,
}) => {
  const open = async (actor: Actor) => (await mutate(actor, 'openDirectConversation', { userId: alice.id })).__typename
  const before = await mallory.openDirect(alice)
  await bob.begin([alice])
  await mutate(alice, 'updatePrivacy', { messagesFrom: 'SHARED_CONVERSATION' })
  expect([await open(bob), await open(carol)]).toEqual(['OpenDirectConversationPayload', 'Forbidden'])
  await alice.begin([carol])
  await mutate(alice, 'updatePrivacy', { messagesFrom: 'NOBODY' })
  expect([await open(carol), await open(mallory)]).toEqual(['Forbidden', 'OpenDirectConversationPayload'])
  expect(await mallory.openDirect(alice)).toBe(before)
  await alice.openDirect(carol)
  expect(await open(carol)).toBe('OpenDirectConversationPayload')
})
