/** Messages that go by themselves. */
import { expect } from 'vitest'
import { SEND } from './support/documents.ts'
import { test } from './support/test-app.ts'

const LISTEN = `subscription ($conversationId: ID!) { conversationEvents(conversationId: $conversationId) {
  __typename ... on LogEvent { actor { externalId } } ... on MessageSent { message { text } } } }`

const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()

test('a message goes for everybody soon after its time, and nobody has done it', async ({ alice, bob }) => {
  const conversationId = await alice.begin([bob])
  const socket = await bob.socket()
  const heard = socket.subscribe('hearing', LISTEN, { conversationId })
  const next = async () => {
    const { payload } = (await heard.next()) as { payload: { data: { conversationEvents: Record<string, unknown> } } }
    return payload.data.conversationEvents
  }
  expect(await next()).toMatchObject({ __typename: 'Subscribed' })
  const expiresAt = fromNow(1_500)
  const { id } = await alice.send(conversationId, 'for your eyes only', { expiresAt })
  const { id: stays } = await alice.send(conversationId, 'this stays')
  expect(await next()).toMatchObject({ __typename: 'MessageSent', message: { text: 'for your eyes only' } })
  expect(await next()).toMatchObject({ __typename: 'MessageSent', message: { text: 'this stays' } })
  expect(await next()).toMatchObject({ __typename: 'MessageDeleted', actor: null })
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt))

  const answer = await bob.ask(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Message { text deletedAt expiresAt } } }`,
    { ids: [id, stays] },
  )
  expect(answer).toEqual({
    nodes: [
      { text: '', deletedAt: expect.any(String), expiresAt },
      { text: 'this stays', deletedAt: null, expiresAt: null },
    ],
  })
})

test('a time that is over, or too far away, is refused, and nothing is said', async ({ alice, bob, newTenant }) => {
  const conversationId = await alice.begin([bob])
  const say = (actor: typeof alice, id: string, expiresAt: string) =>
    actor.ask(SEND, { input: { conversationId: id, text: 'late', clientMessageId: expiresAt, expiresAt } })
  expect(await say(alice, conversationId, fromNow(-1_000))).toMatchObject({
    sendMessage: { __typename: 'InvalidInput', path: 'input.expiresAt' },
  })
  const impatient = await newTenant({ messageLifeSeconds: 60 })
  const [ann, ben] = [await impatient.user('ann'), await impatient.user('ben')]
  expect(await say(ann, await ann.begin([ben]), fromNow(120_000))).toMatchObject({
    sendMessage: { __typename: 'LimitExceeded', limit: 'messageLifeSeconds', max: 60 },
  })
})
