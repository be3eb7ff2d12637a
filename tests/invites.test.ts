import { describe, expect } from 'vitest'
import { recurringKind } from '../src/jobs/kind.ts'
import { decodeId } from '../src/lib/ids.ts'
import type { Actor } from './support/actor.ts'
import { CONVERSATION } from './support/documents.ts'
import { mutate, type Result } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const DAY_MS = 24 * 3_600_000

describe('an invite', () => {
  const invite = async (actor: Actor, conversationId: string, more: object = {}) =>
    (await mutate(
      actor,
      'createInvite',
      { conversationId, ...more },
      'inviteCode invite { id uses maxUses }',
    )) as Result & {
      inviteCode: string
      invite: { id: string }
    }

  test('lets in so many as it says, even when they come at once, and members use nothing up', async ({
    alice,
    bob,
    carol,
    mallory,
  }) => {
    const conversationId = await alice.begin([bob])
    const { inviteCode } = await invite(alice, conversationId, { maxUses: 1 })
    expect(await mutate(bob, 'acceptInvite', { inviteCode })).toMatchObject({ __typename: 'AcceptInvitePayload' })
    const both = await Promise.all([carol, mallory].map((actor) => mutate(actor, 'acceptInvite', { inviteCode })))
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['AcceptInvitePayload', 'NotFound'])
  })

  test('for one, taken by two at the same moment, lets in one and counts one, every time', async ({
    alice,
    carol,
    mallory,
  }) => {
    for (let round = 0; round < 10; round++) {
      const conversationId = await alice.begin()
      const { inviteCode, invite: made } = await invite(alice, conversationId, { maxUses: 1 })
      const both = await Promise.all([carol, mallory].map((actor) => mutate(actor, 'acceptInvite', { inviteCode })))
      expect(both.map(({ __typename }) => __typename).sort()).toEqual(['AcceptInvitePayload', 'NotFound'])
      expect(both.find(({ code }) => code)).toMatchObject({ code: 'NOT_FOUND' })
      const revoked = await mutate(alice, 'revokeInvite', { inviteId: made.id }, 'invite { uses maxUses }')
      expect(revoked).toMatchObject({ invite: { uses: 1, maxUses: 1 } })
      const { conversation } = await alice.ask(CONVERSATION, { id: conversationId })
      expect(conversation?.memberCount).toBe(2)
    }
  })

  test('ends when it is revoked, and is nothing in another tenant', async ({ alice, bob, carol, stranger }) => {
    const conversationId = await alice.begin([bob])
    const { inviteCode, invite: made } = await invite(alice, conversationId)
    expect(await mutate(stranger, 'acceptInvite', { inviteCode })).toMatchObject({ __typename: 'NotFound' })
    expect(await mutate(bob, 'createInvite', { conversationId })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mutate(stranger, 'revokeInvite', { inviteId: made.id })).toMatchObject({ __typename: 'NotFound' })
    await mutate(alice, 'revokeInvite', { inviteId: made.id })
    expect(await mutate(carol, 'acceptInvite', { inviteCode })).toMatchObject({ __typename: 'NotFound' })
  })

  test('lets nobody in once it is over, and is forgotten long after that', async ({ app, alice, carol }) => {
    const conversationId = await alice.begin()
    const made: { inviteCode: string; id: string }[] = []
    for (const daysAgo of [-1, 0, 33]) {
      const { inviteCode, invite: shown } = await invite(alice, conversationId, { expiresAt: '2099-01-01T00:00:00Z' })
      const id = decodeId('invite', shown.id) ?? ''
      const expiresAt = new Date(Date.now() - daysAgo * DAY_MS - 1)
      await app.db.invite.updateMany({ where: { id }, data: { expiresAt } })
      made.push({ inviteCode, id })
    }
    const [open, over, longOver] = made
    const left = async () => (await app.db.invite.findMany({ where: { id: { in: made.map(({ id }) => id) } } })).length
    await app.parts.jobs.send(recurringKind('forget-invites', ''), {})
    await expect.poll(left, { timeout: 20_000 }).toBe(2)
    for (const ended of [over, longOver])
      expect(await mutate(carol, 'acceptInvite', { inviteCode: ended?.inviteCode })).toMatchObject({
        code: 'NOT_FOUND',
      })
    expect(await mutate(carol, 'acceptInvite', { inviteCode: open?.inviteCode })).toMatchObject({
      __typename: 'AcceptInvitePayload',
    })
  })

  test('has sound bounds', async ({ alice }) => {
    const conversationId = await alice.begin()
    for (const more of [{ maxUses: 0 }, { maxUses: -1 }, { expiresAt: '2001-01-01T00:00:00Z' }])
      expect(await mutate(alice, 'createInvite', { conversationId, ...more })).toMatchObject({
        __typename: 'InvalidInput',
      })
  })
})
