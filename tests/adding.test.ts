/** Who is put into a group or channel without having asked for it: whoever takes direct messages from the one who does it. */
import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const take = (who: Actor, messagesFrom: 'EVERYBODY' | 'SHARED_CONVERSATION' | 'NOBODY') =>
  mutate(who, 'updatePrivacy', { messagesFrom })

const add = (who: Actor, conversationId: string, whom: readonly Actor[], more: object = {}) =>
  mutate(who, 'addMembers', { conversationId, userIds: whom.map(({ id }) => id), ...more })

const beginWith = (who: Actor, whom: readonly Actor[], more: object = {}) =>
  mutate(who, 'createConversation', { kind: 'GROUP', memberIds: whom.map(({ id }) => id), ...more })

const countOf = async (who: Actor, conversationId: string) =>
  (
    await who.ask<{ conversation: { memberCount: number } }>(
      `{ conversation(id: "${conversationId}") { memberCount } }`,
    )
  ).conversation.memberCount

const listOf = async (who: Actor) =>
  (await who.ask<{ conversations: { edges: unknown[] } }>('{ conversations { edges { node { id } } } }')).conversations
    .edges.length

const refused = { __typename: 'Forbidden', code: 'FORBIDDEN' }
const added = { __typename: 'AddMembersPayload' }
const begun = { __typename: 'CreateConversationPayload' }

describe('a stranger', () => {
  test('puts whoever takes messages from everybody into a group', async ({ alice, mallory }) => {
    const group = await mallory.begin([])
    expect(await add(mallory, group, [alice])).toMatchObject(added)
    expect(await beginWith(mallory, [alice])).toMatchObject(begun)
  })

  test.for(['SHARED_CONVERSATION', 'NOBODY'] as const)(
    'puts nobody who takes them from %s, nor anybody beside him, and may invite him',
    async (messagesFrom, { alice, bob, mallory }) => {
      const group = await mallory.begin([])
      await take(alice, messagesFrom)
      const [lists, own] = [await listOf(alice), await listOf(mallory)]
      const answer = await add(mallory, group, [bob, alice])
      expect(answer).toMatchObject({ ...refused, explanation: expect.stringContaining(alice.id) })
      expect(answer.explanation).toContain('invite')
      expect(answer.explanation).not.toContain(bob.id)
      expect(await beginWith(mallory, [bob, alice])).toMatchObject(refused)
      expect(await beginWith(mallory, [alice], { kind: 'CHANNEL' })).toMatchObject(refused)
      expect([await countOf(mallory, group), await listOf(alice), await listOf(mallory)]).toEqual([1, lists, own])

      const { inviteCode } = await mutate(mallory, 'createInvite', { conversationId: group }, 'inviteCode')
      expect(await mutate(alice, 'acceptInvite', { inviteCode: inviteCode as string })).toMatchObject({
        __typename: 'AcceptInvitePayload',
      })
      expect(await add(mallory, group, [alice])).toMatchObject(added) // who is a member already stays one
    },
  )

  test('is none who shares a conversation, to who takes them from such; of a direct one that waits nothing follows', async ({
    newTenant,
  }) => {
    const { user } = await newTenant()
    const [alice, bob, mallory] = [await user('alice'), await user('bob'), await user('mallory')]
    const groups = { bob: await bob.begin([]), mallory: await mallory.begin([]) }
    await alice.begin([bob])
    await mallory.openDirect(alice)
    await take(alice, 'SHARED_CONVERSATION')
    expect(await add(bob, groups.bob, [alice])).toMatchObject(added)
    expect(await beginWith(bob, [alice])).toMatchObject(begun)
    expect(await add(mallory, groups.mallory, [alice])).toMatchObject(refused)
  })

  test('is everybody with whom there is no direct conversation, to who takes them from nobody', async ({
    alice,
    bob,
    carol,
  }) => {
    await alice.begin([bob, carol])
    await alice.openDirect(carol)
    await take(alice, 'NOBODY')
    expect(await beginWith(bob, [alice])).toMatchObject(refused)
    expect(await beginWith(carol, [alice])).toMatchObject(begun)
  })
})

test('an answer stays the same under its client id, and a refusal is none that stays', async ({ alice, mallory }) => {
  const group = await mallory.begin([])
  await take(alice, 'NOBODY')
  const once = { clientMutationId: 'once' }
  expect(await add(mallory, group, [alice], once)).toMatchObject(refused)
  expect(await beginWith(mallory, [alice], once)).toMatchObject(refused)
  await take(alice, 'EVERYBODY')
  expect(await add(mallory, group, [alice], once)).toMatchObject(added)
  expect(await beginWith(mallory, [alice], { clientMutationId: 'another' })).toMatchObject(begun)
  await take(alice, 'NOBODY')
  const lists = await listOf(alice)
  expect(await add(mallory, group, [alice], once)).toMatchObject(added)
  expect(await beginWith(mallory, [alice], { clientMutationId: 'another' })).toMatchObject(begun)
  expect(await listOf(alice)).toBe(lists)
})

test('a server key puts whom it likes where it likes', async ({ tenant, alice, mallory }) => {
  const group = await mallory.begin([])
  await take(alice, 'NOBODY')
  const input = { conversationId: group, add: [{ userId: alice.id }] }
  expect(await mutate(tenant.backEnd, 'changeMembers', input)).toMatchObject({ __typename: 'ChangeMembersPayload' })
})

describe('where one has blocked the other', () => {
  test('neither puts the other into a conversation, as if he were gone; an invite, and others, do', async ({
    alice,
    bob,
    mallory,
  }) => {
    const [hers, his] = [await alice.begin([bob]), await mallory.begin([])]
    await mutate(alice, 'blockUser', { userId: mallory.id })
    const gone = { __typename: 'NotFound', explanation: expect.stringContaining('a user that is not there') }
    expect(await add(mallory, his, [bob, alice])).toMatchObject(gone)
    expect(await beginWith(mallory, [alice])).toMatchObject(gone)
    expect(await add(alice, hers, [mallory])).toMatchObject(gone)
    expect([await countOf(mallory, his), await countOf(alice, hers)]).toEqual([1, 2])
    const { inviteCode } = await mutate(mallory, 'createInvite', { conversationId: his }, 'inviteCode')
    await mutate(alice, 'acceptInvite', { inviteCode: inviteCode as string })
    expect(await add(mallory, his, [alice])).toMatchObject(added) // who is a member already stays one
    await mutate(alice, 'unblockUser', { userId: mallory.id })
    expect(await add(alice, hers, [mallory])).toMatchObject(added)
  })
})
