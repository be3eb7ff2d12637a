import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { test } from './support/test-app.ts'

const REFUSED = '... on ChatError { code explanation }'
const create = async (actor: Actor, input: object) =>
  (
    await actor.ask<{ createConversation: { __typename: string; conversation?: { id: string } } }>(
      `mutation ($input: CreateConversationInput!) { createConversation(input: $input) { __typename ... on CreateConversationPayload { conversation { id } } ${REFUSED} } }`,
      { input: { memberIds: [], ...input } },
    )
  ).createConversation
const join = async (actor: Actor, conversationId: string) =>
  (
    await actor.ask<{ joinConversation: { __typename: string } }>(
      `mutation ($input: JoinConversationInput!) { joinConversation(input: $input) { __typename ... on JoinConversationPayload { conversation { memberCount } } ${REFUSED} } }`,
      { input: { conversationId } },
    )
  ).joinConversation
const discover = async (actor: Actor, query = '') =>
  (
    await actor.ask<{ discoverConversations: { edges: { node: { title: string } }[] } }>(
      'query ($query: String) { discoverConversations(query: $query) { edges { node { title memberCount capabilities } } } }',
      { query },
    )
  ).discoverConversations.edges.map(({ node }) => node)

describe('a public channel', () => {
  test('is found by everybody of the tenant and by nobody else, and joined', async ({ alice, mallory, stranger }) => {
    const { conversation } = await create(alice, { kind: 'CHANNEL', title: 'Open house', visibility: 'PUBLIC' })
    const id = conversation?.id ?? ''
    await create(alice, { kind: 'CHANNEL', title: 'Open only in name' })
    expect(await discover(mallory, 'OPEN')).toEqual([{ title: 'Open house', memberCount: 1, capabilities: ['JOIN'] }])
    expect(await discover(stranger)).toEqual([])
    expect(await join(stranger, id)).toMatchObject({ __typename: 'NotFound' })
    expect(await join(mallory, id)).toMatchObject({
      __typename: 'JoinConversationPayload',
      conversation: { memberCount: 2 },
    })
    expect(await join(mallory, id)).toMatchObject({ conversation: { memberCount: 2 } })
    await mallory.send(id, 'hello')
  })

  test('shows who has not joined its title, and none of its messages or members', async ({ alice, mallory }) => {
    const { conversation } = await create(alice, { kind: 'CHANNEL', title: 'Window', visibility: 'PUBLIC' })
    const id = conversation?.id ?? ''
    await alice.send(id, 'inside')
    const { data } = await mallory.answer('query ($id: ID!) { conversation(id: $id) { title memberCount } }', { id })
    expect(data).toEqual({ conversation: { title: 'Window', memberCount: 1 } })
    for (const field of ['messages', 'members', 'invites']) {
      const { errors } = await mallory.answer(
        `query ($id: ID!) { conversation(id: $id) { ${field} { edges { cursor } } } }`,
        { id },
      )
      expect(errors[0]?.extensions?.code).toBe('FORBIDDEN')
    }
  })

  test('is of kind CHANNEL alone, and a private one is not there for others', async ({ alice, mallory }) => {
    expect(await create(alice, { kind: 'GROUP', title: 'No', visibility: 'PUBLIC' })).toMatchObject({
      __typename: 'InvalidInput',
    })
    const { conversation } = await create(alice, { kind: 'CHANNEL', title: 'Private' })
    expect(await join(mallory, conversation?.id ?? '')).toMatchObject({ __typename: 'NotFound' })
  })
})

describe('with history FROM_JOIN', () => {
  test('who joins later sees nothing from before, not even in a quote', async ({ alice, bob }) => {
    const { conversation } = await create(alice, {
      kind: 'CHANNEL',
      title: 'From now',
      visibility: 'PUBLIC',
      history: 'FROM_JOIN',
    })
    const id = conversation?.id ?? ''
    const before = await alice.send(id, 'a secret of old')
    const feed = await bob.feed()
    await join(bob, id)
    await alice.send(id, 'as I said', { replyToId: before.id })
    const { edges } = await bob.history(id, { last: 50 })
    expect(edges.map(({ node }) => [node.text, node.replyTo])).toEqual([['as I said', null]])
    expect((await alice.history(id, { last: 50 })).edges.map(({ node }) => node.replyTo?.text)).toEqual([
      undefined,
      'a secret of old',
    ])
    expect((await bob.answer('query ($id: ID!) { node(id: $id) { id } }', { id: before.id })).data).toEqual({
      node: null,
    })
    const heard = await feed.next((event) => event.__typename === 'MessageSent')
    expect(heard).toMatchObject({ message: { text: 'as I said' } })
    expect(JSON.stringify(feed.events)).not.toContain('a secret of old')
    const frames = (await bob.socket()).subscribe(
      'late',
      'subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename ... on MessageSent { message { text replyTo { text } } } } }',
      { id },
    )
    await frames.next()
    await alice.send(id, 'once more', { replyToId: before.id })
    expect((await frames.next()).payload).toEqual({
      data: { conversationEvents: { __typename: 'MessageSent', message: { text: 'once more', replyTo: null } } },
    })
  })
})

describe('history that is shown from the joining on, suddenly', () => {
  test('hides what was before from who listens already', async ({ alice, bob }) => {
    const { conversation } = await create(alice, { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC' })
    const id = conversation?.id ?? ''
    const old = await alice.send(id, 'a word of old')
    await join(bob, id)
    const [feed, reader] = [await bob.feed(), await bob.listen(id)]
    await alice.ask(
      'mutation ($input: UpdateConversationInput!) { updateConversation(input: $input) { __typename } }',
      { input: { conversationId: id, history: 'FROM_JOIN' } },
    )
    await alice.ask('mutation ($input: EditMessageInput!) { editMessage(input: $input) { __typename } }', {
      input: { messageId: old.id, text: 'a word of old, again' },
    })
    for (const each of [feed, reader])
      expect(await each.next(({ __typename }) => __typename === 'MessageEdited')).toMatchObject({ message: null })
  })
})
