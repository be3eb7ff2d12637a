/** graphql-ws alone with Parley: one that stays connected, and subscriptions that go on where they were. */
import { type Client, createClient } from 'graphql-ws'

/** `url` begins with ws: or wss:. `token` is asked for at every connect, so that a client that comes back brings a fresh one. */
export function connect(url: string, token: () => string | Promise<string>): Client {
  return createClient({
    url: `${url}/graphql`,
    connectionParams: async () => ({ Authorization: `Bearer ${await token()}` }),
    retryAttempts: Number.POSITIVE_INFINITY, // else it gives up after five
    shouldRetry: () => true, // else it gives up at once when the network fails: that is an error to it, before it is a close
  })
}

/**
 * The same client, whose subscriptions go on after a cut where they were: it sends its payload again, so the newest cursor is written into that.
 * The subscription declares `$after: String`, gives it to its field as `after`, and selects `cursor`.
 */
export function resuming<Own extends Pick<Client, 'subscribe'>>(client: Own): Own {
  const subscribe: Client['subscribe'] = (payload, sink) => {
    const variables: Record<string, unknown> = { ...payload.variables }
    return client.subscribe<Record<string, { cursor?: string }>>(
      { ...payload, variables },
      {
        next(result) {
          const [event] = Object.values(result.data ?? {})
          if (event?.cursor) variables.after = event.cursor
          sink.next(result as never)
        },
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      },
    )
  }
  return { ...client, subscribe }
}

const LISTEN = `subscription Listen($conversationId: ID!, $after: String) {
  conversationEvents(conversationId: $conversationId, after: $after) { cursor ... on MessageSent { message { text } } }
}`

/** `show` is given what has been said since, at each event; answers what ends it. */
export function listen(client: Pick<Client, 'subscribe'>, conversationId: string, show: (texts: string[]) => void) {
  const texts: string[] = []
  return resuming(client).subscribe<{ conversationEvents: { message?: { text: string } | null } }>(
    { query: LISTEN, variables: { conversationId } },
    {
      next({ data }) {
        if (data?.conversationEvents.message) texts.push(data.conversationEvents.message.text)
        show([...texts])
      },
      error: console.error,
      complete: () => {},
    },
  )
}
