/** What is said to be sent later and cannot be: refused at once, or told to its author when it is due. */
import { describe, expect } from 'vitest'
import { mutate } from './support/mutate.ts'
import { fromNow, HOUR, hearing, listed, reschedule, schedule } from './support/scheduling.ts'
import { test } from './support/test-app.ts'
import { upload } from './support/upload.ts'

describe('what cannot be sent when it is due', () => {
  test('is told to its author, stays, and is tried again when he says so', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const ofBob = await hearing(bob)
    const { scheduledMessageId } = await schedule(bob, conversationId, { dueAt: fromNow(1_000) })
    await mutate(alice, 'timeoutMember', { conversationId, userId: bob.id, until: fromNow(HOUR) })
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'WAITING' })
    expect(await ofBob.outcome()).toMatchObject({
      scheduledMessageId,
      outcome: 'FAILED',
      messageId: null,
      failure: { code: 'FORBIDDEN', explanation: expect.stringContaining('You may read here') },
    })
    expect((await listed(bob)).nodes).toMatchObject([{ state: 'FAILED', failure: { code: 'FORBIDDEN' } }])
    await mutate(alice, 'liftRestriction', { conversationId, userId: bob.id, kind: 'TIMEOUT' })
    await reschedule(bob, scheduledMessageId, fromNow(100))
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'WAITING' })
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'SENT' })
  })

  test('is not sent for who has left', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const ofBob = await hearing(bob)
    await schedule(bob, conversationId, { dueAt: fromNow(800) })
    await mutate(bob, 'leaveConversation', { conversationId })
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'WAITING' })
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'FAILED', failure: { code: 'FORBIDDEN' } })
    expect((await listed(bob)).nodes).toMatchObject([{ conversation: null }])
  })

  test('is refused of who was banned from the tenant', async ({ tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { scheduledMessageId } = await schedule(bob, conversationId, { dueAt: fromNow(800) })
    await mutate(tenant.backEnd, 'banUser', { userId: bob.id, until: fromNow(4_000) })
    await expect
      .poll(() => listed(bob).catch(() => null), { timeout: 15_000, interval: 300 })
      .toMatchObject({ nodes: [{ id: scheduledMessageId, state: 'FAILED', failure: { code: 'FORBIDDEN' } }] })
  })

  test('is dropped when the server comes to it a day late, and its author is told', async ({ app, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const ofAlice = await hearing(alice)
    await schedule(alice, conversationId, { text: 'of yesterday', dueAt: fromNow(1_000) })
    await app.db.$executeRaw`
      update scheduled_message set due_at = now() - interval '25 hours' where input ->> 'text' = 'of yesterday'`
    expect(await ofAlice.outcome()).toMatchObject({ outcome: 'WAITING' })
    expect(await ofAlice.outcome()).toMatchObject({ outcome: 'FAILED', failure: { code: 'TOO_LATE' } })
    expect(JSON.stringify(await alice.history(conversationId))).not.toContain('of yesterday')
  })

  test('waits while it is only for a moment that it cannot be: slow mode', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    await mutate(alice, 'updateConversation', { conversationId, slowModeSeconds: 5 })
    const ofBob = await hearing(bob)
    await bob.send(conversationId, 'just now')
    await schedule(bob, conversationId, { dueAt: fromNow(300) })
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'WAITING' })
    expect(await ofBob.outcome()).toMatchObject({ outcome: 'SENT' })
  })
})

describe('what is refused at once', () => {
  test('a time that is over or too far away, a text that is none, a conversation of others', async ({
    newTenant,
    alice,
    bob,
    carol,
  }) => {
    const conversationId = await alice.begin([bob])
    const attachmentIds = [await upload(bob, { content: 'not hers' })]
    const { id: elsewhere } = await bob.send(await bob.begin([carol]), 'elsewhere')
    const refused: [object, string, string][] = [
      [{ dueAt: fromNow(-1) }, 'InvalidInput', 'input.dueAt'],
      [{ dueAt: fromNow(400 * 24 * HOUR) }, 'LimitExceeded', 'input.dueAt'],
      [{ text: ' ' }, 'InvalidInput', 'input.text'],
      [{ expiresAt: fromNow(HOUR / 2) }, 'InvalidInput', 'input.expiresAt'],
      [{ attachmentIds }, 'InvalidInput', 'input.attachmentIds'],
      [{ replyToId: 'msg_\u0000' }, 'InvalidInput', 'input.replyToId'],
      [{ threadId: elsewhere }, 'InvalidInput', 'input.threadId'],
    ]
    for (const [more, __typename, said] of refused)
      expect(await schedule(alice, conversationId, more)).toMatchObject({
        __typename,
        explanation: expect.stringContaining(said),
      })
    expect(await schedule(carol, conversationId)).toMatchObject({ __typename: 'NotFound' })
    expect((await listed(alice)).nodes).toEqual([])

    const small = await newTenant({ scheduledMessages: 2 })
    const [ann, ben] = [await small.user('ann'), await small.user('ben')]
    const between = await ann.begin([ben])
    const answers = await Promise.all([1, 2, 3].map((n) => schedule(ann, between, { text: `later ${n}` })))
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'LimitExceeded',
      'ScheduleMessagePayload',
      'ScheduleMessagePayload',
    ])
  })

  test('the list pages by when they are due, of one conversation or of all', async ({ alice, bob, carol }) => {
    const [one, two] = [await alice.begin([bob]), await alice.begin([carol])]
    const order = [3, 1, 2]
    for (const n of order) await schedule(alice, n === 2 ? two : one, { text: `in ${n}`, dueAt: fromNow(n * HOUR) })
    const first = await listed(alice, { first: 2 })
    expect(first.nodes.map(({ text }) => text)).toEqual(['in 1', 'in 2'])
    expect(first.hasNextPage).toBe(true)
    const rest = await listed(alice, { first: 2, after: first.endCursor })
    expect(rest.nodes.map(({ text }) => text)).toEqual(['in 3'])
    expect((await listed(alice, { conversationId: one })).nodes.map(({ text }) => text)).toEqual(['in 1', 'in 3'])
  })
})
