/** What each client library must be able to do with a running server, cut off and come back; a file of its own for each of them. */
import { expect } from 'vitest'
import type { Actor } from '../support/actor.ts'
import { createQueue, type Queue } from '../support/queue.ts'
import { test as onStreams } from '../support/stream-app.ts'

export interface Told {
  __typename?: string
  message?: { text: string }
  /** The code of the error that the library gave in place of an event. */
  refused?: unknown
}

/** What a subscription brings, as the library brings it. */
export interface Sink {
  event(event: Told | null | undefined): void
  refused(error: unknown): void
}

export interface ChatClient {
  /** Asks for so many messages before those it holds, or for the newest; answers all it holds then, oldest first. Rejects as the library does. */
  older(conversationId: string, count: number): Promise<string[]>
  send(input: { conversationId: string; text: string; clientMessageId: string }): Promise<Told>
  listen(conversationId: string, sink: Sink): void
  /** By a document that selects no cursor. */
  listenWithoutCursor(conversationId: string, sink: Sink): void
  /** Of an error as the library gives it. */
  codeOf(error: unknown): unknown
  close(): void
}

export interface Place {
  url: string
  token: () => string
}

export function journey(open: (place: Place) => ChatClient | Promise<ChatClient>): void {
  const test = onStreams.extend('connect', async ({ proxy }, { onCleanup }) => {
    const clients: ChatClient[] = []
    onCleanup(() => {
      for (const client of clients) client.close()
    })
    return async ({ token }: Actor): Promise<ChatClient> => {
      const client = await open({ url: proxy.url, token: () => token })
      clients.push(client)
      return client
    }
  })

  test('reads history page by page, and holds it', async ({ alice, connect }) => {
    const conversationId = await alice.begin()
    for (const text of ['one', 'two', 'three', 'four', 'five']) await alice.send(conversationId, text)
    const client = await connect(alice)
    expect(await client.older(conversationId, 2)).toEqual(['four', 'five'])
    expect(await client.older(conversationId, 2)).toEqual(['two', 'three', 'four', 'five'])
    expect(await client.older(conversationId, 2)).toEqual(['one', 'two', 'three', 'four', 'five'])
  })

  test('sends, and is told by a type why not', async ({ alice, connect }) => {
    const conversationId = await alice.begin()
    const client = await connect(alice)
    expect(await client.send({ conversationId, text: 'hi', clientMessageId: 'one' })).toMatchObject({
      __typename: 'SendMessagePayload',
      message: { text: 'hi' },
    })
    expect(await client.send({ conversationId, text: 'other', clientMessageId: 'one' })).toMatchObject({
      __typename: 'IdempotencyConflict',
    })
    expect(await client.send({ conversationId, text: '', clientMessageId: 'two' })).toMatchObject({
      __typename: 'InvalidInput',
      path: 'input.text',
    })
  })

  test('is told by a code why a query or a subscription is refused', async ({ alice, bob, connect }) => {
    const conversationId = await alice.begin()
    const [member, client] = [await connect(alice), await connect(bob)]
    await expect(member.older(conversationId, 1_000).catch(member.codeOf)).resolves.toBe('LIMIT_EXCEEDED')
    expect(await toldTo(client, (sink) => client.listen(conversationId, sink)).next()).toEqual({ refused: 'NOT_FOUND' })
  })

  test('is cut, and goes on after the newest cursor: nothing missed, nothing twice; without a cursor it misses what was said meanwhile', async ({
    alice,
    bob,
    proxy,
    connect,
  }) => {
    const conversationId = await alice.begin([bob])
    const client = await connect(bob)
    const told = toldTo(client, (sink) => client.listen(conversationId, sink))
    const forgetful = toldTo(client, (sink) => client.listenWithoutCursor(conversationId, sink))
    for (const each of [told, forgetful]) expect(await each.next()).toMatchObject({ __typename: 'Subscribed' })

    await alice.send(conversationId, 'one')
    for (const each of [told, forgetful]) expect(await each.next()).toMatchObject({ message: { text: 'one' } })
    proxy.cut() // and nothing is said meanwhile
    for (const each of [told, forgetful]) await each.next(({ __typename }) => __typename === 'Subscribed')
    await alice.send(conversationId, 'two')
    for (const each of [told, forgetful]) expect(await each.next()).toMatchObject({ message: { text: 'two' } })

    proxy.tear()
    for (const text of ['three', 'four']) await alice.send(conversationId, text)
    proxy.mend()
    for (const each of [told, forgetful]) await each.next(({ __typename }) => __typename === 'Subscribed')
    await alice.send(conversationId, 'five')
    expect((await told.take(3)).map(({ message }) => message?.text)).toEqual(['three', 'four', 'five'])
    expect(await forgetful.next()).toMatchObject({ message: { text: 'five' } })
  })
}

function toldTo(client: ChatClient, subscribe: (sink: Sink) => void): Queue<Told> {
  const told = createQueue<Told>('the client')
  subscribe({
    event: (event) => told.push(event ?? {}),
    refused: (error) => told.push({ refused: client.codeOf(error) }),
  })
  return told
}
