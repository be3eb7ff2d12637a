import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const capabilities = async (actor: Actor, id: string) =>
  (
    await actor.ask<{ conversation: { capabilities: string[]; viewerMembership: { role: string } } }>(
      'query ($id: ID!) { conversation(id: $id) { capabilities viewerMembership { role } } }',
      { id },
    )
  ).conversation

describe('roles', () => {
  test('are shown as capabilities, and each is what the server then allows', async ({ alice, bob, carol, mallory }) => {
    const conversationId = await alice.begin([bob, carol])
    expect(await capabilities(bob, conversationId)).toEqual({
      capabilities: ['READ', 'POST', 'REACT', 'LEAVE', 'PIN_MESSAGES'],
      viewerMembership: { role: 'MEMBER' },
    })
    expect(await mutate(bob, 'addMembers', { conversationId, userIds: [mallory.id] })).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await mutate(alice, 'setMemberRole', { conversationId, userId: bob.id, role: 'MANAGER' })).toMatchObject({
      __typename: 'SetMemberRolePayload',
    })
    expect((await capabilities(bob, conversationId)).capabilities).toContain('ADD_MEMBERS')
    expect(await mutate(bob, 'addMembers', { conversationId, userIds: [mallory.id] })).toMatchObject({
      __typename: 'AddMembersPayload',
    })
    expect(await mutate(bob, 'removeMember', { conversationId, userId: alice.id })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mutate(bob, 'setMemberRole', { conversationId, userId: alice.id, role: 'MEMBER' })).toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('change as events that all members hear', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const socket = await bob.socket()
    const frames = socket.subscribe(
      'roles',
      'subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename ... on MemberRoleChanged { role previousRole user { externalId } } } }',
      { id: conversationId },
    )
    await frames.next()
    await mutate(alice, 'setMemberRole', { conversationId, userId: bob.id, role: 'MODERATOR' })
    expect((await frames.next()).payload).toEqual({
      data: {
        conversationEvents: {
          __typename: 'MemberRoleChanged',
          role: 'MODERATOR',
          previousRole: 'MEMBER',
          user: { externalId: 'bob' },
        },
      },
    })
  })

  test('the last owner leaves only when he has handed the ownership on', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    expect(await mutate(alice, 'leaveConversation', { conversationId })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mutate(alice, 'transferOwnership', { conversationId, userId: bob.id })).toMatchObject({
      __typename: 'TransferOwnershipPayload',
    })
    expect(await capabilities(alice, conversationId)).toMatchObject({ viewerMembership: { role: 'MANAGER' } })
    expect(await capabilities(bob, conversationId)).toMatchObject({ viewerMembership: { role: 'OWNER' } })
    expect(await mutate(alice, 'leaveConversation', { conversationId })).toMatchObject({
      __typename: 'LeaveConversationPayload',
    })
  })
})

describe('an archived conversation', () => {
  test('is read by its members, and nothing is said in it until it is lively again', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    await bob.send(conversationId, 'before')
    await mutate(alice, 'archiveConversation', { conversationId })
    expect(await mutate(bob, 'sendMessage', { conversationId, clientMessageId: 'late', text: 'late' })).toMatchObject({
      code: 'FORBIDDEN',
      explanation: 'The conversation is archived',
    })
    expect((await bob.history(conversationId)).edges.map(({ node }) => node.text)).toEqual(['before'])
    const listed = async (archived: boolean) =>
      (
        await bob.ask<{ conversations: { edges: { node: { id: string } }[] } }>(
          'query ($archived: Boolean) { conversations(archived: $archived) { edges { node { id } } } }',
          { archived },
        )
      ).conversations.edges.map(({ node }) => node.id)
    expect([await listed(false), await listed(true)]).toEqual([[], [conversationId]])
    await mutate(alice, 'unarchiveConversation', { conversationId })
    await bob.send(conversationId, 'after')
  })
})

describe('an update', () => {
  test('changes what is given and tells which', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob], { title: 'Old' })
    const feed = await bob.feed()
    const changed = await mutate(
      alice,
      'updateConversation',
      { conversationId, topic: 'What we do', metadata: { a: [1, { b: null }] } },
      'conversation { title topic metadata }',
    )
    expect(changed).toMatchObject({
      conversation: { title: 'Old', topic: 'What we do', metadata: { a: [1, { b: null }] } },
    })
    await feed.next(({ __typename }) => String(__typename) === 'ConversationUpdated')
    expect(
      await mutate(alice, 'updateConversation', { conversationId, title: null }, 'conversation { title topic }'),
    ).toMatchObject({ conversation: { title: null, topic: 'What we do' } })
    expect(await mutate(alice, 'updateConversation', { conversationId })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await mutate(bob, 'updateConversation', { conversationId, title: 'Mine' })).toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('a customer’s back end', () => {
  test('speaks as a member and as the system, and changes many members at once', async ({
    tenant,
    alice,
    bob,
    carol,
  }) => {
    const conversationId = await alice.begin([bob])
    const system = await mutate(
      tenant.backEnd,
      'sendMessage',
      { conversationId, clientMessageId: 's1', text: 'Maintenance at 9' },
      'deduplicated message { author { externalId } text }',
    )
    expect(system).toMatchObject({ deduplicated: false, message: { author: null, text: 'Maintenance at 9' } })
    const asBob = { conversationId, clientMessageId: 's2', text: 'by proxy', asUserId: bob.id }
    expect(await mutate(tenant.backEnd, 'sendMessage', asBob, 'message { author { externalId } }')).toMatchObject({
      message: { author: { externalId: 'bob' } },
    })
    expect(await mutate(tenant.backEnd, 'sendMessage', asBob, 'deduplicated')).toMatchObject({
      deduplicated: true,
    })
    expect(
      await mutate(tenant.backEnd, 'sendMessage', {
        ...asBob,
        clientMessageId: 's3',
        asUserId: carol.id,
      }),
    ).toMatchObject({ __typename: 'NotFound' })
    expect(await mutate(alice, 'sendMessage', { ...asBob, clientMessageId: 's4' })).toMatchObject({ code: 'FORBIDDEN' })
    const changed = await mutate(
      tenant.backEnd,
      'changeMembers',
      { conversationId, add: [{ userId: carol.id, role: 'MODERATOR' }], remove: [bob.id] },
      'conversation { memberCount }',
    )
    expect(changed).toMatchObject({ conversation: { memberCount: 2 } })
    expect(await capabilities(carol, conversationId)).toMatchObject({ viewerMembership: { role: 'MODERATOR' } })
  })

  test('shuts a user out, and lets him in again', async ({ tenant, bob }) => {
    const deactivate = (deactivated: boolean) =>
      mutate(
        tenant.backEnd,
        'deactivateUsers',
        { externalIds: ['bob', 'nobody at all'], deactivated },
        'users { externalId }',
      )
    expect(await deactivate(true)).toMatchObject({ users: [{ externalId: 'bob' }] })
    await expect.poll(async () => (await bob.answer('{ viewer { user { id } } }')).status, { timeout: 5_000 }).toBe(401)
    await deactivate(false)
    await expect.poll(async () => (await bob.answer('{ viewer { user { id } } }')).status, { timeout: 5_000 }).toBe(200)
  })
})
