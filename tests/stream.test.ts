import { createClient } from 'graphql-sse'
import { describe, expect } from 'vitest'
import { connectBySse } from '../examples/server-sent-events.ts'
import { ChatError } from '../src/errors.ts'
import { type Actor, textOf } from './support/actor.ts'
import { SEND } from './support/documents.ts'
import { openRawStream, type PlainEventSource, type Question } from './support/event-streams.ts'
import { createQueue } from './support/queue.ts'
import { FEED, LISTEN, test } from './support/stream-app.ts'
import { createTenant, startTestApp } from './support/test-app.ts'

/** A feed may bring the last moments before a cut again, with the same seq. */
const newest = new WeakMap<PlainEventSource, number>()

async function textsOf(source: PlainEventSource, count: number): Promise<string[]> {
  const texts: string[] = []
  while (texts.length < count) {
    const { event } = await source.told.next(
      ({ event: { message, seq } }) => message && seq > (newest.get(source) ?? 0),
    )
    newest.set(source, event.seq)
    texts.push(event.message.text)
  }
  return texts
}

describe('a plain EventSource', () => {
  const documents: [name: string, question: (conversationId: string) => Question][] = [
    ['conversationEvents', (conversationId) => ({ query: LISTEN, variables: { conversationId } })],
    ['feed', () => ({ query: FEED })],
  ]
  test.for(documents)(
    'that is cut comes back to %s where it was, though it selects no cursor; without Last-Event-ID it misses what was said meanwhile',
    async ([, questionOf], { alice, bob, proxy, open }) => {
      const conversationId = await alice.begin([bob])
      const question = questionOf(conversationId)
      const source = open.eventSource(proxy.url, bob, question)
      expect((await source.told.next()).event).toEqual({ __typename: 'Subscribed' })
      await alice.send(conversationId, 'one')
      expect(await textsOf(source, 1)).toEqual(['one'])

      proxy.tear()
      for (const text of ['two', 'three']) await alice.send(conversationId, text)
      const forgetful = await open.raw(bob, question)
      expect((await forgetful.next()).event).toEqual({ __typename: 'Subscribed' })
      proxy.mend()

      expect(await textsOf(source, 2)).toEqual(['two', 'three'])
      await alice.send(conversationId, 'four')
      expect(await textsOf(source, 1)).toEqual(['four'])
      expect((await forgetful.next()).event).toMatchObject({ message: { text: 'four' } })
    },
  )

  test('is told why it ends, and that it does', async ({ alice, bob, app, open }) => {
    const conversationId = await alice.begin([bob])
    const source = open.eventSource(app.url, bob, { query: LISTEN, variables: { conversationId } })
    await source.told.next()
    await alice.remove(conversationId, bob)
    expect((await source.told.next()).event).toMatchObject({ __typename: 'MemberLeft' })
    expect((await source.told.next()).event).toMatchObject({ __typename: 'AccessRevoked' })
    await expect(source.told.next()).rejects.toThrow('complete')
  })

  test('with a token that is no good gets 401, after which it does not come back', async ({ app, open }) => {
    const source = open.eventSource(app.url, { token: 'bad' } as Actor, { query: FEED })
    await expect(source.told.next()).rejects.toThrow('status 401')
  })
})

test('graphql-sse asks, sends and listens over it', async ({ app, alice, bob }) => {
  const conversationId = await alice.begin([bob])
  const client = createClient({
    url: `${app.url}/graphql/stream`,
    headers: { authorization: `Bearer ${alice.token}` },
    retryAttempts: 0,
  })
  const only = async (question: Question) => (await client.iterate(question as never).next()).value
  expect(await only({ query: '{ viewer { user { externalId } } }' })).toEqual({
    data: { viewer: { user: { externalId: 'alice' } } },
  })
  const listening = client.iterate({ query: LISTEN, variables: { conversationId } })
  expect((await listening.next()).value).toMatchObject({ data: { conversationEvents: { __typename: 'Subscribed' } } })
  const input = { conversationId, clientMessageId: 'one', text: 'hi' }
  expect(await only({ query: textOf(SEND), variables: { input } })).toMatchObject({
    data: { sendMessage: { message: { text: 'hi' } } },
  })
  expect((await listening.next()).value).toMatchObject({ data: { conversationEvents: { message: { text: 'hi' } } } })
  expect(await only({ query: '{ nothing }' })).toMatchObject({ errors: [{ message: /nothing/ }] })
  client.dispose()
})

test('a client that goes leaves nothing behind', async ({ app, alice, open }) => {
  const { streams, subscriptions } = app.parts.metrics
  const count = async () => [(await streams.get()).values[0]?.value, (await subscriptions.get()).values[0]?.value]
  await expect.poll(count).toEqual([0, 0]) // those of the tests before are gone, too
  const opened = [await open.raw(alice, { query: FEED }), await open.raw(alice, { query: FEED })]
  for (const each of opened) await each.next()
  expect(await count()).toEqual([2, 2])
  for (const each of opened) each.close()
  await expect.poll(count).toEqual([0, 0])
})

describe('a client that is to come back', () => {
  test('is told when, and not that it is complete, while the server cannot serve it; graphql-sse comes back until it can', async () => {
    let isAway = true
    const tried = createQueue<null>('the tries')
    const { app, opened } = await startTestApp({
      parts: (made) => ({
        ...made,
        access: {
          ...made.access,
          async toListen(...asked) {
            tried.push(null)
            if (isAway) throw new ChatError('SERVICE_UNAVAILABLE', { retryAfterMs: 7_000 })
            return made.access.toListen(...asked)
          },
        },
      }),
    })
    await using _ = opened
    const alice = await (await createTenant(app, { adopt: () => {} })).user('alice')
    const question = { query: LISTEN, variables: { conversationId: await alice.begin() } }
    const stream = await openRawStream(app.url, alice, { question })
    expect(await stream.blocks.next()).toMatch(/^retry: \d+$/)
    expect(await stream.blocks.next()).toBe('retry: 7000')
    await expect(stream.blocks.next()).rejects.toThrow('ended')

    const client = connectBySse(app.url, () => alice.token)
    const listening = client.iterate(question).next()
    await tried.take(2)
    isAway = false
    expect((await listening).value).toMatchObject({ data: { conversationEvents: { __typename: 'Subscribed' } } })
    client.dispose()
  })

  test('is let go when the server stops, and does not hear that it is complete', async () => {
    const { app, opened } = await startTestApp()
    await using _ = opened
    const alice = await (await createTenant(app, { adopt: () => {} })).user('alice')
    const conversationId = await alice.begin()
    const question = { query: LISTEN, variables: { conversationId } }
    const reader = await openRawStream(app.url, alice, { question })
    await reader.next()
    expect((await app.parts.metrics.streams.get()).values[0]?.value).toBe(1)
    await app.stop()
    await expect(reader.blocks.next()).rejects.toThrow('ended')
    expect((await app.parts.metrics.streams.get()).values[0]?.value).toBe(0)
  })
})
