/** First contact: what a stranger may say before he is accepted, and who is one. */
import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { accept, contactFor, decline, idOf, listsOf, NOTHING, say, typeOf } from './support/contacts.ts'
import { mutate } from './support/mutate.ts'
import { presenceFor } from './support/overheard.ts'
import { test } from './support/test-app.ts'
import { upload } from './support/upload.ts'

describe('a stranger’s first message', () => {
  test('waits: it is a request and no conversation, until it is accepted', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    expect(await listsOf(bob)).toEqual({ requests: [], declined: [], conversations: [], unread: NOTHING })
    await alice.send(id, 'hello')
    expect(await listsOf(bob)).toEqual({ requests: [id], declined: [], conversations: [], unread: NOTHING })
    expect(await listsOf(alice)).toMatchObject({ requests: [], conversations: [id] })
    const contact = { state: 'REQUESTED', requestedBy: { externalId: 'alice' } }
    expect(await contactFor(alice, id)).toEqual({ contact, capabilities: ['READ', 'POST'] })
    expect(await contactFor(bob, id)).toEqual({ contact, capabilities: ['READ', 'POST', 'ANSWER_CONTACT'] })
    expect((await bob.history(id)).edges.map(({ node }) => node.text)).toEqual(['hello'])

    const heard = [await alice.feed(), await bob.feed(), await alice.listen(id), await bob.listen(id)]
    expect(await accept(bob, id)).toMatchObject({ conversation: { contact: { state: 'ACCEPTED' } } })
    for (const reader of heard) await reader.next(({ __typename }) => __typename === 'ContactAccepted')
    expect(await listsOf(bob)).toEqual({
      requests: [],
      declined: [],
      conversations: [id],
      unread: { conversations: 1, messages: 1, mentions: 0 },
    })
    const usual = ['READ', 'POST', 'REACT', 'PIN_MESSAGES']
    expect(await contactFor(alice, id)).toMatchObject({ contact: { state: 'ACCEPTED' }, capabilities: usual })
    expect(await typeOf(say(alice, id, { text: 'see https://example.com', metadata: { a: 1 } }))).toBe(
      'SendMessagePayload',
    )
  })

  test('comes by the feed at once', async ({ alice, bob }) => {
    const feed = await bob.feed()
    const id = await alice.openDirect(bob)
    await alice.send(id, 'hello')
    await feed.next(({ __typename }) => __typename === 'MessageSent')
    expect(feed.events.map(({ __typename }) => __typename)).toContain('ConversationJoined')
    const { totals } = await bob.ask<{ totals: { unread: object } }>(
      '{ totals: viewer { unread { conversations messages mentions } } }',
    )
    expect(totals.unread).toEqual(NOTHING)
  })

  test('is text alone', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    const own = await alice.begin()
    const elsewhere = (await alice.send(own, 'elsewhere')).id
    const [file] = [await upload(alice)]
    const refused: object[] = [
      { text: 'look at example.com' },
      { text: 'exa\u200bmple.com' },
      { metadata: { card: 'x' } },
      { text: '', attachmentIds: [file] },
      { text: '@bob', mentions: [{ kind: 'USER', userId: bob.id, start: 0, length: 4 }] },
      { urgency: 'URGENT' },
      { replyToId: elsewhere },
      { threadId: elsewhere },
    ]
    for (const more of refused) expect(await typeOf(say(alice, id, more)), JSON.stringify(more)).toBe('Forbidden')
    expect((await bob.history(id)).edges).toEqual([])
    const { id: messageId } = await alice.send(id, 'hello')
    const edit = (more: object) => mutate(alice, 'editMessage', { messageId, text: 'hello!', ...more })
    for (const more of [{ text: 'bit.ly/x' }, { metadata: { a: 1 } }])
      expect(await typeOf(edit(more)), JSON.stringify(more)).toBe('Forbidden')
    expect(await typeOf(edit({}))).toBe('EditMessagePayload')
    for (const actor of [alice, bob]) {
      expect(await typeOf(mutate(actor, 'addReaction', { messageId, emoji: '👍' }))).toBe('Forbidden')
      expect(await typeOf(mutate(actor, 'pinMessage', { messageId }))).toBe('Forbidden')
    }
    expect(await say(alice, id, { replyToId: messageId })).toMatchObject({ __typename: 'Forbidden' })
    expect((await bob.history(id)).edges.map(({ node }) => node.text)).toEqual(['hello!'])
  })

  test('is one; a repeat is the same one, and what is deleted counts', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    const first = await say(alice, id, { clientMessageId: 'the first' })
    expect(await say(alice, id, { clientMessageId: 'the first' })).toEqual({ ...first, deduplicated: true })
    expect(await typeOf(say(alice, id, { clientMessageId: 'the first', text: 'other' }))).toBe('IdempotencyConflict')
    expect(await typeOf(say(alice, id))).toBe('LimitExceeded')
    await mutate(alice, 'deleteMessage', { messageId: idOf(first), for: 'EVERYBODY' })
    expect(await typeOf(say(alice, id))).toBe('LimitExceeded')
  })

  test('is as many as the tenant allows', async ({ newTenant }) => {
    const tenant = await newTenant({ messagesBeforeAccept: 3 })
    const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
    const id = await alice.openDirect(bob)
    const answers = []
    for (let n = 0; n < 5; n++) answers.push(await typeOf(say(alice, id)))
    expect(answers).toEqual([...Array(3).fill('SendMessagePayload'), 'LimitExceeded', 'LimitExceeded'])
  })

  test('is one, however many are sent at once, over whatever connection', async ({ alice, bob }) => {
    const id = await alice.openDirect(bob)
    const answers = await Promise.all(Array.from({ length: 20 }, () => typeOf(say(alice, id))))
    expect(answers.filter((answer) => answer === 'SendMessagePayload')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'LimitExceeded')).toHaveLength(19)
    expect((await bob.history(id)).edges).toHaveLength(1)
  })
})

describe('nobody is a stranger', () => {
  test('who shares a conversation with him, has spoken with him, or works for the tenant', async ({
    tenant,
    alice,
    bob,
    carol,
  }) => {
    await carol.begin([alice, bob])
    expect(await contactFor(alice, await alice.openDirect(bob))).toMatchObject({ contact: null })
    const moderator = await tenant.user('helper', 'MODERATOR')
    expect(await contactFor(moderator, await moderator.openDirect(bob))).toMatchObject({ contact: null })
  })

  test('but one who is in the same public channel is', async ({ alice, bob }) => {
    const input = { kind: 'CHANNEL', visibility: 'PUBLIC', title: 'All', memberIds: [bob.id] }
    await mutate(alice, 'createConversation', input)
    expect(await contactFor(alice, await alice.openDirect(bob))).toMatchObject({ contact: { state: 'REQUESTED' } })
  })

  test('a request that waits makes nobody known', async ({ alice, bob }) => {
    await alice.openDirect(bob)
    await alice.socket()
    const { users } = await (await presenceFor(bob, { userIds: [alice.id] })).next()
    expect(users?.map(({ state }) => state)).toEqual(['OFFLINE'])
  })
})

test('requests are a list of pages, newest first', async ({ tenant, bob, carol }) => {
  const ids: string[] = []
  for (const name of ['dora', 'erin', 'finn']) {
    const actor = await tenant.user(name)
    const id = await actor.openDirect(bob)
    await actor.send(id, 'hello')
    ids.unshift(id)
  }
  const page = async (actor: Actor, args: string) =>
    (
      await actor.ask<{
        contactRequests: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
      }>(`{ contactRequests(${args}) { edges { node { id } } pageInfo { endCursor hasNextPage } } }`)
    ).contactRequests
  const first = await page(bob, 'first: 2')
  const { endCursor } = first.pageInfo
  const second = await page(bob, `first: 2, after: "${endCursor}"`)
  expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids)
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  await expect(page(carol, `first: 2, after: "${endCursor}"`)).rejects.toThrow('INVALID_INPUT')
  await expect(page(bob, 'last: 2')).rejects.toThrow('INVALID_INPUT')
  await expect(page(bob, 'first: 2, declined: true, after: "x"')).rejects.toThrow('INVALID_INPUT')
})

test('a tenant without the feature knows no requests; who waits already waits', async ({
  app,
  tenant,
  alice,
  bob,
  carol,
}) => {
  const waiting = await alice.openDirect(bob)
  await app.parts.tenants.change(tenant.uuid, { features: { contactRequests: false } })
  const id = await alice.openDirect(carol)
  expect(await contactFor(alice, id)).toMatchObject({ contact: null })
  for (const text of ['https://example.com', 'again']) await alice.send(id, text)
  expect(await listsOf(carol)).toMatchObject({ requests: [], conversations: [id], unread: { messages: 2 } })
  expect(await contactFor(alice, waiting)).toMatchObject({ contact: { state: 'REQUESTED' } })
  expect(await typeOf(decline(carol, id))).toBe('Forbidden')
  expect(await typeOf(accept(bob, waiting))).toBe('AcceptContactPayload')
})

test('who was forgotten asks no longer', async ({ tenant: { backEnd }, alice, bob }) => {
  const id = await alice.openDirect(bob)
  await alice.send(id, 'hello')
  expect(await listsOf(bob)).toMatchObject({ requests: [id] })
  await mutate(backEnd, 'eraseUser', { userId: alice.id, confirmExternalId: 'alice' })
  expect(await listsOf(bob)).toMatchObject({ requests: [], declined: [], conversations: [], unread: NOTHING })
})
