import type { Client } from 'graphql-ws'

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
