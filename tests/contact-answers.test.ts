/** The answer to a stranger: what it changes, who is told, and what the two learn of each other before. */
import { describe, expect } from 'vitest'
import { accept, contactFor, decline, listsOf, NOTHING, say, typeOf } from './support/contacts.ts'
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

describe('the answer', () => {
  test('in words accepts, also of what was declined', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    await alice.send(id, 'hello')
    await decline(bob, id)
    const heard = await alice.listen(id)
    await bob.send(id, 'see https://example.com')
    await heard.take(2)
    expect(heard.events.map(({ __typename }) => __typename)).toEqual(['Subscribed', 'ContactAccepted', 'MessageSent'])
    expect(await listsOf(bob)).toMatchObject({ requests: [], declined: [], conversations: [id] })
  })

  test('no is told to his own devices, and to nobody else', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    await alice.send(id, 'hello')
    const [ofAlice, ofBob, inConversation] = [await alice.feed(), await bob.feed(), await alice.listen(id)]
    const before = await contactFor(alice, id)
    expect(await decline(bob, id)).toMatchObject({ conversation: { contact: { state: 'DECLINED' } } })
    expect((await ofBob.next()).__typename).toBe('ContactDeclined')
    expect(await listsOf(bob)).toEqual({ requests: [], declined: [id], conversations: [], unread: NOTHING })
    expect(await contactFor(alice, id)).toEqual(before)
    expect(await typeOf(say(alice, id))).toBe('LimitExceeded')
    expect(await alice.openDirect(bob)).toBe(id)
    await mutate(bob, 'declineContact', { conversationId: id })
    await alice.begin([], { title: 'the last' })
    await ofAlice.next()
    expect(ofAlice.events.map(({ __typename }) => __typename)).toEqual(['Subscribed', 'ConversationJoined'])
    await accept(bob, id)
    expect((await inConversation.next()).__typename).toBe('ContactAccepted')
    expect(await decline(bob, id)).toMatchObject({ __typename: 'StaleWrite' })
    expect(await listsOf(bob)).toMatchObject({ requests: [], declined: [], conversations: [id] })
  })

  test('once is as good as twice', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    const heard = await alice.listen(id)
    await Promise.all(Array.from({ length: 5 }, () => accept(bob, id)))
    const once = { clientMutationId: 'once' }
    expect(await accept(bob, id, once)).toEqual(await accept(bob, id, once))
    expect(await typeOf(decline(bob, id, once))).toBe('IdempotencyConflict')
    await alice.send(id, 'the last')
    await heard.next(({ __typename }) => __typename === 'MessageSent')
    expect(heard.events.map(({ __typename }) => __typename)).toEqual(['Subscribed', 'ContactAccepted', 'MessageSent'])
  })

  test('is that of whom was asked alone', async ({ alice, bob, mallory, stranger, nobody }) => {
    const id = await alice.openDirect(bob)
    const group = await alice.begin([bob])
    for (const answer of [accept, decline]) {
      expect(await typeOf(answer(alice, id))).toBe('Forbidden')
      expect(await typeOf(answer(mallory, id))).toBe('NotFound')
      expect(await typeOf(answer(stranger, id))).toBe('NotFound')
      expect(await typeOf(answer(bob, 'conv_none'))).toBe('NotFound')
      expect(await typeOf(answer(bob, group))).toBe('Forbidden')
      await expect(answer(nobody, id)).rejects.toThrow('UNAUTHENTICATED')
    }
    expect(await contactFor(bob, id)).toMatchObject({ contact: { state: 'REQUESTED' } })
  })

  test('of two who open it at once: the first has asked, and the other accepts by what he says', async ({
    alice,
    bob,
  }) => {
    const [one, other] = await Promise.all([alice.openDirect(bob), bob.openDirect(alice)])
    expect(one).toBe(other)
    await Promise.all([say(alice, one), say(bob, one)])
    expect(await contactFor(alice, one)).toMatchObject({ contact: { state: 'ACCEPTED' } })
    for (const actor of [alice, bob]) expect((await listsOf(actor)).conversations).toEqual([one])
    expect(await typeOf(say(alice, one))).toBe('SendMessagePayload')
  })

  test('while the other sends loses nothing that was acknowledged', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    const sends = Array.from({ length: 20 }, () => typeOf(say(alice, id)))
    const accepted = typeOf(accept(bob, id))
    const more = Array.from({ length: 20 }, () => typeOf(say(alice, id)))
    const answers = await Promise.all([...sends, ...more])
    expect(await accepted).toBe('AcceptContactPayload')
    const stored = answers.filter((answer) => answer === 'SendMessagePayload').length
    expect(answers.every((answer) => ['SendMessagePayload', 'LimitExceeded'].includes(answer))).toBe(true)
    expect(stored).toBeGreaterThan(0)
    expect((await bob.history(id, { last: 100 })).edges).toHaveLength(stored)
    expect(await typeOf(say(alice, id))).toBe('SendMessagePayload')
  })
})

describe('until then', () => {
  const isHere = (report: Report) => (report.online ?? 0) > 1
  test('neither sees the other typing, being here, or having read', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    await Promise.all([alice.socket(), bob.socket()])
    const message = await alice.send(id, 'hello')
    const [typing, here] = [await typingFor(alice, id), await presenceFor(alice, { conversationId: id })]
    await typing.next()
    await here.next(({ online }) => online === 1)
    const [ofAlice, inConversation] = [await alice.feed(), await alice.listen(id)]
    const typed = await mutate(bob, 'setTyping', { conversationId: id, isTyping: true }, 'shownUntil')
    expect(typed).toEqual({ __typename: 'SetTypingPayload', shownUntil: null })
    await mutate(bob, 'markRead', { upTo: message.id })
    const marks = `{ conversation(id: "${id}") { members { edges { node { readSeq deliveredSeq user { externalId } } } } } }`
    expect(JSON.stringify(await alice.ask(marks))).toContain(
      '"readSeq":null,"deliveredSeq":null,"user":{"externalId":"bob"}',
    )
    await accept(bob, id)
    await inConversation.next()
    await ofAlice.next()
    for (const reader of [inConversation, ofAlice])
      expect(reader.events.map(({ __typename }) => __typename)).toEqual(['Subscribed', 'ContactAccepted'])
    await here.next(isHere)
    await mutate(bob, 'setTyping', { conversationId: id, isTyping: true })
    await typing.next(({ users = [] }) => users.some(({ externalId }) => externalId === 'bob'))
    expect(JSON.stringify(await alice.ask(marks))).not.toContain('"readSeq":null')
  })

  test('a block goes before all: nothing is said, nothing is listed, nothing is accepted', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    await alice.send(id, 'hello')
    await mutate(bob, 'blockUser', { userId: alice.id })
    expect(await listsOf(bob)).toMatchObject({ requests: [], declined: [] })
    expect(await typeOf(say(alice, id))).toBe('Forbidden')
    expect(await typeOf(accept(bob, id))).toBe('Forbidden')
    expect(await typeOf(say(bob, id))).toBe('Forbidden')
    await mutate(bob, 'unblockUser', { userId: alice.id })
    expect(await listsOf(bob)).toMatchObject({ requests: [id] })
  })

  test('a block in the middle of what is sent and accepted: after it, nothing', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    const sends = Array.from({ length: 10 }, () => typeOf(say(alice, id)))
    const accepted = accept(bob, id)
    const blocked = mutate(bob, 'blockUser', { userId: alice.id }).then(() => bob.history(id, { last: 100 }))
    const more = Array.from({ length: 10 }, () => typeOf(say(alice, id)))
    await Promise.all([...sends, ...more, accepted])
    const known = (await blocked).edges.length
    expect((await bob.history(id, { last: 100 })).edges).toHaveLength(known)
    expect(await typeOf(say(alice, id))).toBe('Forbidden')
  })

  test('who takes messages of nobody is asked nothing', async ({ alice, bob }) => {
    await mutate(bob, 'updatePrivacy', { messagesFrom: 'SHARED_CONVERSATION' })
    expect(await typeOf(mutate(alice, 'openDirectConversation', { userId: bob.id }))).toBe('Forbidden')
  })

  test('the customer’s back end says what it likes; in the name of who was asked it accepts', async ({
    tenant: { backEnd },
    alice,
    bob,
  }) => {
    const id = await alice.openDirect(bob)
    const speak = (more: object) => say(backEnd, id, more)
    expect(await typeOf(speak({ asUserId: alice.id, text: 'https://example.com' }))).toBe('SendMessagePayload')
    expect(await typeOf(speak({ text: 'https://example.com' }))).toBe('SendMessagePayload')
    expect(await contactFor(bob, id)).toMatchObject({ contact: { state: 'REQUESTED' } })
    expect(await typeOf(speak({ asUserId: bob.id }))).toBe('SendMessagePayload')
    expect(await contactFor(bob, id)).toMatchObject({ contact: { state: 'ACCEPTED' } })
  })
})
