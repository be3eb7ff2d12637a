/** The kit's connection with a running server: what is asked and listened to outlives sockets, nodes and tokens. */
import { expect } from 'vitest'
import { type Connection, createConnection } from '../../client/connection.ts'
import type { ConnectionStatus } from '../../client/types.ts'
import type { Actor } from '../support/actor.ts'
import { createQueue, type Queue } from '../support/queue.ts'
import { test as onStreams } from '../support/stream-app.ts'

interface Event {
  __typename: string
  cursor: string
  seq?: number
  message?: { text: string }
}

const FEED = `subscription ($after: String) { feed(after: $after) {
  __typename cursor ... on LogEvent { seq } ... on ConversationLogEvent { conversation { id } } ... on MessageSent { message { text } } } }`

function listen(connection: Connection): Queue<Event> {
  const events = createQueue<Event>('the kit')
  connection.subscribe<{ feed: Event }>(
    { query: FEED },
    {
      next: ({ data, errors }) => (data ? events.push(data.feed) : events.end(JSON.stringify(errors))),
      error: (error) => events.end(String(error)),
      complete: () => events.end('complete'),
    },
  )
  return events
}

function statuses(connection: Connection): Queue<ConnectionStatus> {
  const seen = createQueue<ConnectionStatus>('the state')
  connection.state.subscribe(({ status }) => seen.push(status))
  return seen
}

const test = onStreams.extend('connect', async ({ proxy }, { onCleanup }) => {
  const opened: Connection[] = []
  onCleanup(() => {
    for (const each of opened) each.close()
  })
  return (actor: Pick<Actor, 'token'>, token: () => string | null = () => actor.token): Connection => {
    const connection = createConnection({ url: proxy.url, token })
    opened.push(connection)
    return connection
  }
})

const isSubscribed = ({ __typename }: Event) => __typename === 'Subscribed'
const isMessage = ({ __typename }: Event) => __typename === 'MessageSent'
const texts = (events: Event[]) => events.map(({ message }) => message?.text)

test('asks, and is refused with a code', async ({ alice, connect }) => {
  const connection = connect(alice)
  expect(await connection.request('{ viewer { user { externalId } } }')).toEqual({
    viewer: { user: { externalId: 'alice' } },
  })
  await expect(connection.request('{ conversations(first: 1000) { edges { cursor } } }')).rejects.toMatchObject({
    code: 'LIMIT_EXCEEDED',
    retryable: false,
  })
  await expect(connection.request('{ nothing }')).rejects.toMatchObject({ name: 'RequestError' })
})

test('is cut, and goes on after the newest cursor: nothing missed, nothing twice', async ({
  alice,
  bob,
  proxy,
  connect,
}) => {
  const conversationId = await alice.begin([bob])
  const connection = connect(bob)
  const [events, seen] = [listen(connection), statuses(connection)]
  await events.next(isSubscribed)
  await alice.send(conversationId, 'one')
  expect(texts([await events.next()])).toEqual(['one'])
  proxy.tear()
  await seen.next((status) => status === 'offline')
  for (const text of ['two', 'three']) await alice.send(conversationId, text)
  proxy.mend()
  await seen.next((status) => status === 'online')
  await events.next(isSubscribed)
  await alice.send(conversationId, 'four')
  // A feed may go on from a while before its beginning: with his joining, say.
  const heard = [await events.next(isMessage), await events.next(isMessage), await events.next(isMessage)]
  expect(texts(heard)).toEqual(['two', 'three', 'four'])
})

test('a request that was cut off is told so', async ({ alice, proxy, connect }) => {
  const connection = connect(alice)
  await connection.request('{ __typename }')
  const answer = connection.request('{ viewer { user { id } } }')
  proxy.cut()
  await expect(answer).rejects.toMatchObject({ code: 'OFFLINE', retryable: true })
})

test('a token that is refused is asked for again, and one that ends is renewed over the same socket', async ({
  app,
  tenant,
  bob,
  connect,
}) => {
  const short = await app.parts.tokens.make(tenant.uuid, { externalId: bob.externalId, ttlSeconds: 2 })
  const given = ['not a token', short.token, bob.token]
  const connection = connect(bob, () => given.shift() ?? 'no more')
  const events = listen(connection)
  await events.next(isSubscribed)
  const seen = statuses(connection)
  const expiry = async () => {
    const { viewer } = await connection.request<{ viewer: { tokenExpiresAt: string } }>('{ viewer { tokenExpiresAt } }')
    return Date.parse(viewer.tokenExpiresAt) - Date.now()
  }
  while ((await expiry()) < 60_000) await connection.request('{ __typename }')
  expect(given).toEqual([])
  expect(seen.rest()).toEqual([])
})

test('nobody signed in: nothing is tried until reconnect', async ({ alice, connect }) => {
  let token: string | null = null
  const connection = connect(alice, () => token)
  const seen = statuses(connection)
  await seen.next((status) => status === 'expired')
  token = alice.token
  connection.reconnect()
  await seen.next((status) => status === 'online')
})
