import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import type { Question } from './support/event-streams.ts'
import { eventsOf, FEED, LISTEN, test } from './support/stream-app.ts'

describe('Last-Event-ID', () => {
  test('goes before whatever `after` the document or its variables carry', async ({ alice, open }) => {
    const conversationId = await alice.begin()
    const first = await open.raw(alice, { query: LISTEN, variables: { conversationId } })
    const { id: early } = await first.next()
    await alice.send(conversationId, 'one')
    const { id: late } = await first.next()
    await alice.send(conversationId, 'two')

    const field = (after: string) => eventsOf(conversationId, after)
    const questions: Question[] = [
      { query: LISTEN, variables: { conversationId, after: early } },
      { query: `subscription { ${field('')} }` },
      { query: `subscription { ${field(`, after: "${early}"`)} }` },
      { query: `subscription { ...Root } fragment Root on Subscription { ${field(`, after: "${early}"`)} }` },
      { query: `subscription ($lastEventId: String) { ${field(', after: $lastEventId')} }` },
      { query: `subscription ($after: String!) { ${field(', after: $after')} }`, variables: { after: early } },
    ]
    for (const question of questions) {
      const again = await open.raw(alice, question, { 'last-event-id': late })
      expect((await again.next()).event, question.query).toEqual({ __typename: 'Subscribed' })
      expect((await again.next()).event, question.query).toMatchObject({ message: { text: 'two' } })
    }
  })

  test('leaves alone what else is filled by the variable of `after`', async ({ alice, open }) => {
    const conversationId = await alice.begin()
    const said = await alice.sendMany(conversationId, 3)
    const { edges } = await alice.history(conversationId)
    const query = `subscription ($conversationId: ID!, $after: String) {
      conversationEvents(conversationId: $conversationId, after: $after) {
        ... on MessageSent { conversation { messages(first: 1, after: $after) { edges { node { text } } } } }
      }
    }`
    const first = await open.raw(alice, { query: LISTEN, variables: { conversationId } })
    const { id } = await first.next()
    await alice.send(conversationId, 'new')
    const again = await open.raw(
      alice,
      { query, variables: { conversationId, after: edges[0]?.cursor } },
      { 'last-event-id': id },
    )
    await again.next()
    expect((await again.next()).event.conversation.messages.edges).toEqual([{ node: { text: said[1]?.text } }])
  })

  test('of another conversation, a feed, another tenant or tampered with is refused as such an `after` is', async ({
    alice,
    stranger,
    open,
  }) => {
    const [conversationId, other] = [await alice.begin(), await alice.begin()]
    const cursorOf = async (actor: Actor, question: Question) => (await (await open.raw(actor, question)).next()).id
    const own = await cursorOf(alice, { query: LISTEN, variables: { conversationId } })
    const foreign = [
      await cursorOf(alice, { query: LISTEN, variables: { conversationId: other } }),
      await cursorOf(alice, { query: FEED }),
      await cursorOf(stranger, { query: LISTEN, variables: { conversationId: await stranger.begin() } }),
      `${own.slice(0, -2)}${own.at(-2) === 'A' ? 'B' : 'A'}${own.at(-1)}`,
      'nonsense',
    ]
    const plain = (after: string) => ({ query: LISTEN, variables: { conversationId, after } })
    for (const cursor of foreign) {
      const byHeader = await (await open.raw(alice, plain(own), { 'last-event-id': cursor })).next()
      const byAfter = await (await open.raw(alice, plain(cursor))).next()
      expect(byHeader.event.errors, cursor).toMatchObject([
        { message: 'after is no cursor of this conversation', extensions: { code: 'INVALID_INPUT', path: 'after' } },
      ])
      expect(byHeader.event.errors[0].extensions).toEqual(byAfter.event.errors[0].extensions)
    }
    const feedOf = async (cursor: string) =>
      (await (await open.raw(alice, { query: FEED }, { 'last-event-id': cursor })).next()).event
    expect(await feedOf(own)).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT', path: 'after' } }] })
    expect(await feedOf(await cursorOf(stranger, { query: FEED }))).toMatchObject({
      errors: [{ extensions: { code: 'INVALID_INPUT', path: 'after' } }],
    })
  })

  test('does not part those who come back from those who stayed: one execution for all of them', async ({
    app,
    alice,
    bob,
    open,
  }) => {
    const conversationId = await alice.begin([bob])
    const question = { query: LISTEN, variables: { conversationId } }
    const stayed = await open.raw(alice, question)
    const { id } = await stayed.next()
    const back = [await open.raw(bob, question, { 'last-event-id': id }), await open.raw(bob, question)]
    for (const each of back) await each.next()
    const count = async () => (await app.parts.metrics.executions.get()).values[0]?.value ?? 0
    const before = await count()
    await alice.send(conversationId, 'hi')
    for (const each of [stayed, ...back]) expect((await each.next()).event).toMatchObject({ message: { text: 'hi' } })
    expect((await count()) - before).toBe(1)
  })
})
