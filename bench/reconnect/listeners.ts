/** Who listens to the conversation, by the kit or by graphql-ws without a cursor, and notes what he hears and when. */
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { createConnection } from '../../client/connection.ts'

export interface Listener extends Disposable {
  begun: Promise<void>
  /** How often each message has come, by its id. */
  heard: ReadonlyMap<string, number>
  /** Called with each message, as it comes. */
  onMessage: (id: string) => void
}

interface Options {
  url: string
  token: string
  conversationId: string
  /** Without it nobody can go on where he was. */
  selectsCursor: boolean
}

const listenTo = (selection: string) => `
  subscription ($id: ID!, $after: String) {
    conversationEvents(conversationId: $id, after: $after) { __typename ${selection} ... on MessageSent { message { id } } }
  }`

interface Told {
  conversationEvents: { __typename: string; message?: { id: string } | null }
}

export function listenByKit({ url, token, conversationId, selectsCursor }: Options): Listener {
  const connection = createConnection({ url, token: () => token, WebSocket })
  const query = listenTo(selectsCursor ? 'cursor ... on LogEvent { seq }' : '... on LogEvent { seq }')
  return note(
    (next) => connection.subscribe<Told>({ query, variables: { id: conversationId } }, { next, error, complete }),
    () => connection.close(),
  )
}

export function listenPlainly({ url, token, conversationId }: Options): Listener {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${token}` },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  })
  const payload = { query: listenTo(''), variables: { id: conversationId } }
  return note(
    (next) => client.subscribe<Told>(payload, { next: next as never, error, complete }),
    () => {
      Promise.resolve(client.dispose()).catch(() => {}) // its last attempt that failed, of long ago
    },
  )
}

function note(subscribe: (next: (answer: { data?: Told | null }) => void) => void, end: () => void): Listener {
  const begun = Promise.withResolvers<void>()
  const heard = new Map<string, number>()
  const own: Listener = { begun: begun.promise, heard, onMessage: () => {}, [Symbol.dispose]: end }
  subscribe(({ data }) => {
    const { __typename, message } = data?.conversationEvents ?? {}
    if (__typename === 'Subscribed') begun.resolve()
    if (!message) return
    heard.set(message.id, (heard.get(message.id) ?? 0) + 1)
    own.onMessage(message.id)
  })
  return own
}

const complete = () => {}
function error(cause: unknown): never {
  throw new Error('a listener was refused', { cause })
}
