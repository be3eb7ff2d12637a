/** Messages that are sent later: at their time, once, as their author, who is told what became of them. */
import { describe, expect } from 'vitest'
import { handlersOf } from '../src/app.ts'
import { createContext } from '../src/context.ts'
import { type ScheduledName, sendScheduledKind } from '../src/messages/scheduled.ts'
import { sendMessage } from '../src/resolvers/send-message.ts'
import { sendScheduled } from '../src/workers/send-scheduled.ts'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'
import { upload } from './support/upload.ts'

const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()
const HOUR = 3_600_000

const SHOWN =
  'scheduledMessageId scheduledMessage { id text dueAt state failure { code explanation } conversation { id } }'
const schedule = (actor: Actor, conversationId: string, more: object = {}) =>
  mutate(actor, 'scheduleMessage', { conversationId, text: 'later', dueAt: fromNow(HOUR), ...more }, SHOWN)
const reschedule = (actor: Actor, scheduledMessageId: unknown, dueAt: string) =>
  mutate(actor, 'rescheduleMessage', { scheduledMessageId, dueAt }, SHOWN)
const cancel = (actor: Actor, scheduledMessageId: unknown) =>
  mutate(actor, 'cancelScheduledMessage', { scheduledMessageId }, 'scheduledMessageId')

const LIST = `query ($conversationId: ID, $first: Int, $after: String) {
  scheduledMessages(conversationId: $conversationId, first: $first, after: $after) {
    edges { cursor node { id text state failure { code } conversation { id } } } pageInfo { hasNextPage endCursor } } }`
interface Listed {
  scheduledMessages: {
    edges: { node: { id: string; text: string; state: string } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
}
async function listed(actor: Actor, variables: object = {}) {
  const { scheduledMessages } = await actor.ask<Listed>(LIST, variables)
  return { nodes: scheduledMessages.edges.map(({ node }) => node), ...scheduledMessages.pageInfo }
}

const FEED = `subscription { feed { __typename
  ... on ScheduledMessageChanged { scheduledMessageId outcome messageId failure { code explanation } }
  ... on MessageSent { message { id text author { externalId } } } } }`

/** What the actor hears of the kind from now on. */
async function hearing(actor: Actor) {
  const socket = await actor.socket()
  const frames = socket.subscribe('feed', FEED)
  async function next(type: string): Promise<Record<string, unknown>> {
    for (;;) {
      const { payload } = (await frames.next()) as { payload: { data: { feed: Record<string, unknown> } } }
      if (payload.data.feed.__typename === type) return payload.data.feed
    }
  }
  await next('Subscribed')
  return { next, outcome: () => next('ScheduledMessageChanged') }
}

describe('a message that was scheduled', () => {
  test('is sent at its time, as its author, and is one of his scheduled ones no longer', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const [ofAlice, ofBob] = [await hearing(alice), await hearing(bob)]
    const dueAt = fromNow(1_500)
    const { scheduledMessageId, scheduledMessage } = await schedule(alice, conversationId, {
      text: 'good morning',
      dueAt,
    })
    expect(scheduledMessage).toEqual({
      id: scheduledMessageId,
      text: 'good morning',
      dueAt,
      state: 'WAITING',
      failure: null,
      conversation: { id: conversationId },
    })
    expect(await ofAlice.outcome()).toMatchObject({ scheduledMessageId, outcome: 'WAITING', messageId: null })
    expect((await listed(alice)).nodes).toMatchObject([{ id: scheduledMessageId, state: 'WAITING' }])
    expect((await listed(bob)).nodes).toEqual([])

    const { message } = await ofBob.next('MessageSent')
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(dueAt) - 1_000)
    expect(message).toMatchObject({ text: 'good morning', author: { externalId: 'alice' } })
    const { id: messageId } = message as { id: string }
    expect(await ofAlice.outcome()).toMatchObject({ scheduledMessageId, outcome: 'SENT', messageId, failure: null })
    expect((await listed(alice)).nodes).toEqual([])
    expect(await cancel(alice, scheduledMessageId)).toMatchObject({ __typename: 'NotFound' })
  })

  test('is sent with its files, which wait for it', async ({ app, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const ofBob = await hearing(bob)
    const attachmentId = await upload(alice, { content: 'a file' })
    const attachmentIds = [attachmentId]
    await schedule(alice, conversationId, { text: '', attachmentIds, dueAt: fromNow(49 * HOUR) })
    const kept = await app.db.$queryRaw<{ isKept: boolean }[]>`
      select remove_at > now() + interval '2 days' as "isKept" from attachment where name = 'a.txt' and remove_at > now() + interval '1 day'`
    expect(kept).toEqual([{ isKept: true }])
    const { nodes } = await listed(alice)
    await reschedule(alice, nodes[0]?.id, fromNow(100))
    const { message } = await ofBob.next('MessageSent')
    const { id } = message as { id: string }
    expect(await bob.ask(`{ node(id: "${id}") { ... on Message { attachments { id } } } }`)).toEqual({
      node: { attachments: [{ id: attachmentId }] },
    })
  })

  test('is given another time, or taken back, on any device of its author and by nobody else', async ({
    alice,
    bob,
  }) => {
    const conversationId = await alice.begin([bob])
    const ofAlice = await hearing(alice)
    const { scheduledMessageId: id } = await schedule(alice, conversationId)
    const dueAt = fromNow(2 * HOUR)
    expect(await reschedule(bob, id, dueAt)).toMatchObject({ __typename: 'NotFound' })
    expect(await cancel(bob, id)).toMatchObject({ __typename: 'NotFound' })
    expect(await reschedule(alice, id, dueAt)).toMatchObject({ scheduledMessage: { dueAt, state: 'WAITING' } })
    expect(await cancel(alice, id)).toMatchObject({ scheduledMessageId: id })
    for (const outcome of ['WAITING', 'WAITING', 'CANCELLED'])
      expect(await ofAlice.outcome()).toMatchObject({ outcome })
    expect((await listed(alice)).nodes).toEqual([])
  })

  test('is the same one when it is asked for again, also when it has been sent meanwhile', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const ofAlice = await hearing(alice)
    const again = { clientMutationId: 'once', dueAt: fromNow(500) }
    const { scheduledMessageId } = await schedule(alice, conversationId, again)
    expect(await schedule(alice, conversationId, again)).toMatchObject({ scheduledMessageId })
    expect(await ofAlice.outcome()).toMatchObject({ outcome: 'WAITING' })
    expect(await ofAlice.outcome()).toMatchObject({ outcome: 'SENT' })
    expect(await schedule(alice, conversationId, again)).toMatchObject({ scheduledMessageId, scheduledMessage: null })
    const other = await schedule(alice, conversationId, { ...again, text: 'another' })
    expect(other).toMatchObject({ __typename: 'IdempotencyConflict' })
  })
})

test('a server that ends before it has noted what it sent sends it once', async ({ app, alice, bob }) => {
  const conversationId = await alice.begin([bob])
  const ofAlice = await hearing(alice)
  await schedule(alice, conversationId, { text: 'once and no more' })
  const [name] = await app.db.$queryRaw<ScheduledName[]>`
    update scheduled_message set due_at = now() where input ->> 'text' = 'once and no more' returning tenant_id as "tenantId", id`
  if (!name) throw new Error('it is not there')
  const [ours] = handlersOf(app).filter(({ kind }) => kind.name === sendScheduledKind.name)
  const dying = sendScheduled(app.parts, async (caller, input) => {
    await sendMessage(createContext(app.parts, caller), input)
    throw new Error('ended here')
  })
  const { signal } = new AbortController()
  await expect(dying.handle(name, signal)).rejects.toThrow('ended here')
  await mutate(alice, 'leaveConversation', { conversationId }) // what was sent is sent
  await Promise.all([ours?.handle(name, signal), ours?.handle(name, signal)])
  expect(await ofAlice.outcome()).toMatchObject({ outcome: 'WAITING' })
  expect(await ofAlice.outcome()).toMatchObject({ outcome: 'SENT', messageId: expect.stringMatching(/^msg_/) })
  const { length } = JSON.stringify(await bob.history(conversationId)).split('once and no more')
  expect(length - 1).toBe(1)
  expect((await listed(alice)).nodes).toEqual([])
})

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
    const refused: [object, string, string][] = [
      [{ dueAt: fromNow(-1) }, 'InvalidInput', 'input.dueAt'],
      [{ dueAt: fromNow(400 * 24 * HOUR) }, 'LimitExceeded', 'input.dueAt'],
      [{ text: ' ' }, 'InvalidInput', 'input.text'],
      [{ expiresAt: fromNow(HOUR / 2) }, 'InvalidInput', 'input.expiresAt'],
      [{ attachmentIds }, 'NotFound', 'files'],
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
