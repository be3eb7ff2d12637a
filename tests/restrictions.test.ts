/** Who is removed, banned or timed out: what he may still do, what he is told, and that it ends by itself. */
import { describe, expect } from 'vitest'
import type { App } from '../src/app.ts'
import type { Actor } from './support/actor.ts'
import { mutate, type Result } from './support/mutate.ts'
import { say } from './support/say.ts'
import { SOON_MS } from './support/soon.ts'
import { test } from './support/test-app.ts'

const LATER = '2099-01-01T00:00:00.000Z'
const isDone = (name: string) => ({ __typename: `${name}Payload` })
const isForbidden = { __typename: 'Forbidden', code: 'FORBIDDEN' }

const OWN = `subscription { feed { __typename
  ... on ConversationLeft { conversationId left: reason explanation }
  ... on Restricted { conversationId restriction until explanation lifted } } }`

/** His own stream, as his devices hear it. */
async function own(who: Actor) {
  const socket = await who.socket()
  const frames = socket.subscribe('own', OWN)
  await frames.next() // Subscribed
  return async (typename: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const { payload } = await frames.next()
      const { feed } = (payload as { data: { feed: { __typename: string } } }).data
      if (feed.__typename === typename) return feed
    }
  }
}

async function capabilities(who: Actor, id: string): Promise<string[]> {
  type Data = { conversation: { capabilities: string[] } | null }
  return (
    (await who.ask<Data>('query ($id: ID!) { conversation(id: $id) { capabilities } }', { id })).conversation
      ?.capabilities ?? []
  )
}

async function restrictions(who: Actor, id: string) {
  type Data = { conversation: { restrictions: { edges: { node: object }[] } } }
  const query =
    'query ($id: ID!) { conversation(id: $id) { restrictions(first: 10) { edges { node { kind reason until user { externalId } createdBy { externalId } } } } } }'
  return (await who.ask<Data>(query, { id })).conversation.restrictions.edges.map(({ node }) => node)
}

async function publicChannel(owner: Actor): Promise<string> {
  const input = { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] }
  const { conversation } = await mutate(owner, 'createConversation', input, 'conversation { id }')
  return (conversation as { id: string }).id
}

/** Time passes: as if it had been set so long ago. */
const passes = async ({ db }: App) => {
  const until = new Date(Date.now() - 1)
  await db.restriction.updateMany({ data: { until } })
  await db.userBan.updateMany({ data: { until } })
}

test('who is removed is told why, and comes back by an invitation', async ({ alice, bob }) => {
  const conversationId = await alice.begin([bob])
  const heard = await own(bob)
  const input = { conversationId, userId: bob.id, reason: 'too loud' }
  expect(await mutate(alice, 'removeMember', input)).toMatchObject(isDone('RemoveMember'))
  expect(await heard('ConversationLeft')).toMatchObject({ conversationId, left: 'REMOVED', explanation: 'too loud' })
  await alice.add(conversationId, bob)
  expect(await say(bob, conversationId, 'back')).toMatchObject(isDone('SendMessage'))
})

describe('who is banned', () => {
  test('leaves at once, is told why, and comes in by no way until it is lifted', async ({
    alice,
    bob,
    carol,
    tenant,
  }) => {
    const conversationId = await publicChannel(alice)
    await alice.add(conversationId, bob, carol)
    const { inviteCode } = await mutate(alice, 'createInvite', { conversationId }, 'inviteCode')
    const [heard, reader] = [await own(bob), await carol.listen(conversationId)]
    const who = { conversationId, userId: bob.id }
    expect(await mutate(alice, 'banMember', { ...who, reason: 'spam', until: LATER })).toMatchObject(
      isDone('BanMember'),
    )
    expect(await heard('Restricted')).toEqual({
      __typename: 'Restricted',
      conversationId,
      restriction: 'BAN',
      until: LATER,
      explanation: 'spam',
      lifted: false,
    })
    expect(await heard('ConversationLeft')).toMatchObject({ left: 'BANNED', explanation: 'spam' })
    expect(await reader.next()).toMatchObject({ __typename: 'MemberLeft', reason: 'BANNED' })
    expect(await say(bob, conversationId, 'still here?')).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mutate(bob, 'joinConversation', { conversationId })).toMatchObject(isForbidden)
    expect(await mutate(bob, 'acceptInvite', { inviteCode })).toMatchObject(isForbidden)
    expect(await mutate(alice, 'addMembers', { conversationId, userIds: [bob.id] })).toMatchObject(isForbidden)
    expect(await mutate(tenant.backEnd, 'changeMembers', { conversationId, add: [{ userId: bob.id }] })).toMatchObject(
      isForbidden,
    )
    expect(await restrictions(alice, conversationId)).toEqual([
      { kind: 'BAN', reason: 'spam', until: LATER, user: { externalId: 'bob' }, createdBy: { externalId: 'alice' } },
    ])
    expect(await mutate(alice, 'liftRestriction', { ...who, kind: 'BAN' })).toMatchObject(isDone('LiftRestriction'))
    expect(await heard('Restricted')).toMatchObject({ restriction: 'BAN', lifted: true })
    expect(await restrictions(alice, conversationId)).toEqual([])
    expect(await mutate(bob, 'joinConversation', { conversationId })).toMatchObject(isDone('JoinConversation'))
  })

  test('need not be a member, and may come when the ban is over', async ({ app, alice, mallory }) => {
    const conversationId = await publicChannel(alice)
    const input = { conversationId, userId: mallory.id, until: LATER }
    expect(await mutate(alice, 'banMember', input)).toMatchObject(isDone('BanMember'))
    expect(await mutate(mallory, 'joinConversation', { conversationId })).toMatchObject(isForbidden)
    await passes(app)
    expect(await restrictions(alice, conversationId)).toEqual([])
    expect(await mutate(mallory, 'joinConversation', { conversationId })).toMatchObject(isDone('JoinConversation'))
  })

  test('and joins at the same moment, is in it never after it', async ({ alice, bob }) => {
    for (let n = 0; n < 5; n++) {
      const conversationId = await publicChannel(alice)
      const [, banned] = await Promise.all([
        mutate(bob, 'joinConversation', { conversationId }),
        mutate(alice, 'banMember', { conversationId, userId: bob.id }),
      ])
      expect(banned).toMatchObject(isDone('BanMember'))
      expect(await say(bob, conversationId, 'here')).toMatchObject({ code: 'FORBIDDEN' })
    }
  })
})

describe('who is timed out', () => {
  test('reads and no more until it is over, and sees so', async ({ app, alice, bob, carol }) => {
    const conversationId = await alice.begin([bob, carol])
    const { id: messageId } = await bob.send(conversationId, 'before')
    const [heard, reader] = [await own(bob), await carol.listen(conversationId)]
    const who = { conversationId, userId: bob.id }
    expect(await mutate(alice, 'timeoutMember', { ...who, until: LATER, reason: 'cool down' })).toMatchObject(
      isDone('TimeoutMember'),
    )
    expect(await heard('Restricted')).toMatchObject({
      restriction: 'TIMEOUT',
      until: LATER,
      explanation: 'cool down',
      lifted: false,
    })
    expect(await reader.next()).toMatchObject({ __typename: 'MemberTimedOut' })
    expect(await capabilities(bob, conversationId)).toEqual(['READ', 'LEAVE'])
    const silent = (answer: Result) => expect(answer).toMatchObject({ code: 'FORBIDDEN' })
    silent(await say(bob, conversationId, 'but'))
    silent(await mutate(bob, 'addReaction', { messageId, emoji: '👍' }))
    silent(await mutate(bob, 'editMessage', { messageId, text: 'but' }))
    silent(await mutate(bob, 'setTyping', { conversationId, isTyping: true }))
    silent(await mutate(bob, 'pinMessage', { messageId }))
    await alice.send(conversationId, 'heard by all')
    expect((await bob.history(conversationId, { last: 1 })).edges[0]?.node.text).toBe('heard by all')
    await passes(app)
    expect(await say(bob, conversationId, 'sorry')).toMatchObject(isDone('SendMessage'))
  })

  test('does not get out of it by leaving, and is released by who lifts it', async ({ alice, bob }) => {
    const conversationId = await publicChannel(alice)
    await alice.add(conversationId, bob)
    const who = { conversationId, userId: bob.id }
    await mutate(alice, 'timeoutMember', { ...who, until: LATER })
    await bob.leave(conversationId)
    await mutate(bob, 'joinConversation', { conversationId })
    expect(await say(bob, conversationId, 'here again')).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mutate(alice, 'liftRestriction', { ...who, kind: 'TIMEOUT' })).toMatchObject(isDone('LiftRestriction'))
    expect(await say(bob, conversationId, 'at last')).toMatchObject(isDone('SendMessage'))
  })
})

test('what is over is taken away, and nothing else', async ({ app, alice, bob, carol }) => {
  const conversationId = await alice.begin([bob, carol])
  await mutate(alice, 'banMember', { conversationId, userId: bob.id, until: LATER })
  await passes(app)
  await mutate(alice, 'timeoutMember', { conversationId, userId: carol.id, until: LATER })
  await app.parts.restrictions.forgetPast()
  expect(await app.db.restriction.findMany({ select: { kind: true } })).toEqual([{ kind: 'TIMEOUT' }])
})

test('who may: moderators up, nobody above him, nobody himself, of nothing that he may not know of', async ({
  alice,
  bob,
  carol,
  mallory,
  stranger,
}) => {
  const conversationId = await alice.begin([bob, carol])
  const ban = (who: Actor, whom: Actor, more: object = {}) =>
    mutate(who, 'banMember', { conversationId, userId: whom.id, ...more })
  expect(await ban(bob, carol)).toMatchObject(isForbidden)
  expect(await ban(mallory, carol)).toMatchObject({ code: 'NOT_FOUND' })
  await mutate(alice, 'setMemberRole', { conversationId, userId: bob.id, role: 'MODERATOR' })
  expect(await ban(bob, alice)).toMatchObject(isForbidden)
  expect(await ban(bob, bob)).toMatchObject(isForbidden)
  expect(await ban(bob, stranger)).toMatchObject({ code: 'NOT_FOUND' })
  for (const bad of [{ until: '2020-01-01T00:00:00.000Z' }, { reason: ' ' }, { reason: 'x'.repeat(1_001) }])
    expect(await ban(bob, carol, bad), JSON.stringify(bad)).toMatchObject({ __typename: 'InvalidInput' })
  const past = { conversationId, userId: carol.id, until: '2020-01-01T00:00:00.000Z' }
  expect(await mutate(bob, 'timeoutMember', past)).toMatchObject({ __typename: 'InvalidInput' })
  expect(await ban(bob, carol)).toMatchObject(isDone('BanMember'))
})

describe('who is banned of the tenant', () => {
  test('is gone within a second, cannot sign in and is told why; until it is over or lifted', async ({
    app,
    tenant,
    alice,
    bob,
  }) => {
    const [socket, other] = [await alice.socket(), await bob.socket()]
    const frames = socket.subscribe('feed', OWN)
    await frames.next()
    const input = { userId: alice.id, reason: 'scam', until: LATER }
    expect(await mutate(tenant.backEnd, 'banUser', input, 'user { externalId }')).toMatchObject({
      user: { externalId: 'alice' },
    })
    const start = performance.now()
    expect(await frames.next(({ type }) => type === 'error')).toMatchObject({
      payload: [{ message: expect.stringContaining('banned'), extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect((await socket.closed).code).toBe(4403)
    expect(performance.now() - start).toBeLessThan(SOON_MS)
    expect(await other.subscribe('on', '{ __typename }').next()).toMatchObject({ type: 'next' })
    const refused = async () => (await alice.answer('{ viewer { user { id } } }')).errors[0]?.message
    await expect.poll(refused, { timeout: 5_000 }).toBe(`This user is banned until ${LATER}: scam`)
    await passes(app)
    await expect.poll(refused, { timeout: 5_000 }).toBe(undefined)
    await mutate(tenant.backEnd, 'banUser', { userId: alice.id })
    await expect.poll(refused, { timeout: 5_000 }).toBe('This user is banned')
    expect(await mutate(tenant.backEnd, 'unbanUser', { userId: alice.id })).toMatchObject(isDone('UnbanUser'))
    await expect.poll(refused, { timeout: 5_000 }).toBe(undefined)
  })

  test('is so by its moderators and admins, and by nobody else', async ({ tenant, alice, stranger }) => {
    const [mod, admin] = [await tenant.user('mod', 'MODERATOR'), await tenant.user('admin', 'ADMIN')]
    const ban = (who: Actor, whom: Actor) => mutate(who, 'banUser', { userId: whom.id })
    expect(await ban(alice, mod)).toMatchObject(isForbidden)
    expect(await ban(mod, mod)).toMatchObject(isForbidden)
    expect(await ban(mod, admin)).toMatchObject(isForbidden)
    expect(await ban(mod, stranger)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await ban(mod, alice)).toMatchObject(isDone('BanUser'))
    expect(await ban(admin, mod)).toMatchObject(isDone('BanUser'))
  })
})
