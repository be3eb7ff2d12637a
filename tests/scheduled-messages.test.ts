/** Messages that are sent later: at their time, once, as their author, who is told what became of them. */
import { describe, expect } from 'vitest'
import { createContext } from '../src/context.ts'
import { createLog } from '../src/log.ts'
import { type ScheduledName, sendScheduledKind } from '../src/messages/scheduled.ts'
import { sendMessage } from '../src/resolvers/send-message.ts'
import { handlersOf } from '../src/timed-work.ts'
import { sendScheduled } from '../src/workers/send-scheduled.ts'
import { mutate } from './support/mutate.ts'
import { cancel, fromNow, HOUR, hearing, listed, reschedule, schedule } from './support/scheduling.ts'
import { test } from './support/test-app.ts'
import { upload } from './support/upload.ts'

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
    const keptLong = () => app.db.$queryRaw`
      select true from attachment where name = 'a.txt' and remove_at > now() + interval '2 days'`
    expect(await keptLong()).toHaveLength(1)
    const { nodes } = await listed(alice)
    await cancel(alice, nodes[0]?.id)
    expect(await keptLong()).toEqual([])
    const { scheduledMessageId } = await schedule(alice, conversationId, { text: '', attachmentIds })
    await reschedule(alice, scheduledMessageId, fromNow(100))
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
  const [ours] = handlersOf({ ...app, logger: createLog('silent') }).filter(
    ({ kind }) => kind.name === sendScheduledKind.name,
  )
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
