/** A guest has one conversation, and nothing else of the tenant is there for him. */
import { describe, expect } from 'vitest'
import { type Actor, createActor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { presenceFor } from './support/overheard.ts'
import { type Sockets, type TestTenant, test } from './support/test-app.ts'

type Given = { url: string; tenant: TestTenant; sockets: Sockets }

async function guestIn({ url, tenant, sockets }: Given, conversationId: string, name = 'Gast'): Promise<Actor> {
  const input = { conversationId, name, ttlSeconds: 600 }
  const made = await mutate(tenant.backEnd, 'createGuest', input, 'token user { id externalId }')
  const { token, user } = made as unknown as { token: string; user: { id: string; externalId: string } }
  return createActor({ ...user, token }, { url, adopt: sockets.adopt })
}

describe('a guest', () => {
  test('reads, hears and says what is said in his conversation', async ({
    app: { url },
    tenant,
    sockets,
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const heard = await bob.listen(conversationId)
    const guest = await guestIn({ url, tenant, sockets }, conversationId)
    expect(await heard.next()).toMatchObject({ __typename: 'MemberJoined' })
    const feed = await guest.feed()
    await alice.send(conversationId, 'welcome')
    expect(await feed.next()).toMatchObject({ message: { text: 'welcome' } })
    await guest.send(conversationId, 'thank you')
    expect((await guest.history(conversationId, { first: 10 })).edges.map(({ node }) => node.text)).toEqual([
      'welcome',
      'thank you',
    ])
    const { user } = await guest.ask<{ user: object }>(`{ user(id: "${bob.id}") { name isGuest } }`)
    expect(user).toEqual({ name: 'Bob', isGuest: false })
    expect(await bob.ask(`{ user(id: "${guest.id}") { name isGuest } }`)).toEqual({
      user: { name: 'Gast', isGuest: true },
    })
  })

  test('is refused everything else, typed', async ({ app: { url }, tenant, sockets, alice, bob, carol }) => {
    const own = await alice.begin([bob])
    const guest = await guestIn({ url, tenant, sockets }, own)
    const mentions = [{ kind: 'USER', userId: carol.id, start: 0, length: 1 }]
    const elsewhere = await alice.begin([bob])
    const said = await alice.send(elsewhere, 'not for guests')
    const channel = { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] }
    const { conversation } = await mutate(alice, 'createConversation', channel, 'conversation { id }')
    const { id: open } = conversation as { id: string }
    const { inviteCode } = await mutate(alice, 'createInvite', { conversationId: elsewhere }, 'inviteCode')
    const asked: [string, object, string][] = [
      ['createConversation', { kind: 'GROUP', memberIds: [] }, 'Forbidden'],
      ['openDirectConversation', { userId: bob.id }, 'Forbidden'],
      ['acceptInvite', { inviteCode }, 'Forbidden'],
      ['joinConversation', { conversationId: open }, 'NotFound'],
      ['sendMessage', { conversationId: elsewhere, clientMessageId: 'x', text: 'x' }, 'NotFound'],
      ['sendMessage', { conversationId: open, clientMessageId: 'y', text: 'x' }, 'NotFound'],
      ['sendMessage', { conversationId: own, clientMessageId: 'z', text: '@carol', mentions }, 'InvalidInput'],
      ['addReaction', { messageId: said.id, emoji: '👍' }, 'NotFound'],
      ['markRead', { upTo: said.id }, 'NotFound'],
      ['setTyping', { conversationId: elsewhere, isTyping: true }, 'NotFound'],
    ]
    for (const [mutation, input, refusal] of asked)
      expect(await mutate(guest, mutation, input), mutation).toMatchObject({ __typename: refusal })
    const query = `{ conversation(id: "${open}") { id } node(id: "${said.id}") { id } user(externalId: "carol") { id } of: user(id: "${carol.id}") { id } }`
    expect(await guest.ask(query)).toEqual({ conversation: null, node: null, user: null, of: null })
    for (const list of ['users', 'discoverConversations']) {
      const { errors } = await guest.answer(`{ ${list}(first: 10) { edges { node { id } } } }`)
      expect(errors, list).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    }
    const listening = (await guest.socket()).subscribe(
      'listen',
      `subscription { conversationEvents(conversationId: "${open}") { __typename } }`,
    )
    expect(await listening.next()).toMatchObject({ payload: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } })
  })

  test('sees of nobody outside whether he is here, whatever that one shows', async ({
    app: { url },
    tenant,
    sockets,
    alice,
    carol,
  }) => {
    const guest = await guestIn({ url, tenant, sockets }, await alice.begin())
    await mutate(carol, 'updatePrivacy', { presenceTo: 'EVERYBODY' })
    await carol.socket()
    const { next } = await presenceFor(guest, { userIds: [carol.id] })
    expect(await next()).toMatchObject({ users: [{ state: 'OFFLINE' }] })
  })

  test('is taken into no other conversation', async ({ app: { url }, tenant, sockets, alice, bob }) => {
    const guest = await guestIn({ url, tenant, sockets }, await alice.begin([bob]))
    const conversationId = await alice.begin([bob])
    const asked: [Actor | TestTenant['backEnd'], string, object][] = [
      [alice, 'addMembers', { conversationId, userIds: [guest.id] }],
      [alice, 'createConversation', { kind: 'GROUP', memberIds: [guest.id] }],
      [alice, 'openDirectConversation', { userId: guest.id }],
      [tenant.backEnd, 'changeMembers', { conversationId, add: [{ userId: guest.id }] }],
    ]
    for (const [actor, mutation, input] of asked)
      expect(await mutate(actor, mutation, input), mutation).toMatchObject({ __typename: 'Forbidden' })
  })

  test('who is removed has nothing', async ({ app: { url }, tenant, sockets, alice }) => {
    const conversationId = await alice.begin()
    const guest = await guestIn({ url, tenant, sockets }, conversationId)
    await alice.remove(conversationId, guest)
    const input = { conversationId, clientMessageId: 'x', text: 'x' }
    expect(await mutate(guest, 'sendMessage', input)).toMatchObject({ __typename: 'Forbidden' })
  })
})

describe('a guest who becomes a user', () => {
  test('keeps his id, what he said and his place, and his socket goes on with a token of his own', async ({
    app: { url },
    tenant,
    sockets,
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const guest = await guestIn({ url, tenant, sockets }, conversationId)
    const said = await guest.send(conversationId, 'as a guest')
    const socket = await guest.socket()
    const upgrade = { userId: guest.id, externalId: 'gustav', name: 'Gustav' }
    const { user } = await mutate(tenant.backEnd, 'upgradeGuest', upgrade, 'user { id externalId name isGuest }')
    expect(user).toEqual({ id: guest.id, externalId: 'gustav', name: 'Gustav', isGuest: false })
    const gustav = await tenant.user('gustav')
    expect(gustav.id).toBe(guest.id)
    const renew = `mutation { renewSession(input: { token: "${gustav.token}" }) { __typename } }`
    await socket.subscribe('renew', renew).next()
    const begun = socket.subscribe(
      'begin',
      'mutation { createConversation(input: { kind: GROUP, memberIds: [] }) { __typename } }',
    )
    expect((await begun.next()).payload).toMatchObject({
      data: { createConversation: { __typename: 'CreateConversationPayload' } },
    })
    const { message, conversation } = await gustav.ask<Record<string, unknown>>(
      `{ message: node(id: "${said.id}") { ... on Message { text author { id } } } conversation(id: "${conversationId}") { viewerMembership { role } } }`,
    )
    expect([message, conversation]).toEqual([
      { text: 'as a guest', author: { id: guest.id } },
      { viewerMembership: { role: 'MEMBER' } },
    ])
  })

  test('is none twice, nor in another’s place; his guest’s token makes nobody of him', async ({
    app,
    tenant,
    sockets,
    alice,
    bob,
  }) => {
    const guest = await guestIn({ url: app.url, tenant, sockets }, await alice.begin())
    const upgrade = (input: object) => mutate(tenant.backEnd, 'upgradeGuest', input)
    expect(await upgrade({ userId: guest.id, externalId: 'bob' })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await upgrade({ userId: guest.id, externalId: guest.externalId })).toMatchObject({
      __typename: 'InvalidInput',
    })
    expect(await upgrade({ userId: bob.id, externalId: 'other' })).toMatchObject({ __typename: 'StaleWrite' })
    expect(await upgrade({ userId: alice.id.replace(/.$/, 'z'), externalId: 'other' })).toMatchObject({
      __typename: 'NotFound',
    })
    expect(await upgrade({ userId: guest.id, externalId: 'gustav' })).toMatchObject({
      __typename: 'UpgradeGuestPayload',
    })
    expect(await upgrade({ userId: guest.id, externalId: 'gustav' })).toMatchObject({ __typename: 'StaleWrite' })
    const users = await app.db.user.count({ where: { tenantId: tenant.uuid } })
    await expect(guest.socket()).rejects.toThrow('a user now')
    expect(await app.db.user.count({ where: { tenantId: tenant.uuid } })).toBe(users)
  })
})
