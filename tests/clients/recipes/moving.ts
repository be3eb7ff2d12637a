import type { Client } from 'graphql-ws'

interface Event {
  cursor?: string
  seq?: number
}

/**
 * A client that is gone before its node stops: told to, it opens another socket, goes on there after the newest cursor, and lets the old one go when
 * that has begun. `open` makes a client whose `on.ping` calls `told` with `reconnectAfterMs`. For conversationEvents, with `cursor` and `seq` selected.
 */
export function moving(open: (told: (reconnectAfterMs: number) => void) => Client): Pick<Client, 'subscribe'> {
  const moves = new Set<() => void>()
  let client = open(told)

  function told(reconnectAfterMs: number): void {
    setTimeout(() => {
      client = open(told)
      for (const move of moves) move()
    }, reconnectAfterMs)
  }

  return {
    subscribe(payload, sink) {
      const variables: Record<string, unknown> = { ...payload.variables }
      let stop = () => {}
      let newest = 0
      let seq = 0

      function begin(place: number): void {
        const stopHere = client.subscribe<Record<string, Event>>(
          { ...payload, variables },
          {
            next(result) {
              if (place < newest) return
              if (place > newest) stop() // it has begun here
              newest = place
              stop = stopHere
              const [event = {}] = Object.values(result.data ?? {})
              if (event.seq !== undefined && event.seq <= seq) return // it came by both
              seq = event.seq ?? seq
              variables.after = event.cursor ?? variables.after
              sink.next(result as never)
            },
            error: (error) => place >= newest && sink.error(error),
            complete: () => place >= newest && sink.complete(),
          },
        )
        if (place === newest) stop = stopHere
      }

      let places = 0
      const move = () => begin(++places)
      moves.add(move)
      begin(0)
      return () => {
        moves.delete(move)
        stop()
      }
    },
  }
}
