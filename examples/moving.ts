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
      const stops = new Map<number, () => void>()
      let places = 0
      let newest = 0
      let seq = 0

      function begin(place: number): void {
        const stop = client.subscribe<Record<string, Event>>(
          { ...payload, variables },
          {
            next(result) {
              if (place < newest) return
              newest = place
              for (const [other, stop] of stops) if (other < place && stops.delete(other)) stop() // it has begun here
              const [event = {}] = Object.values(result.data ?? {})
              if (event.seq !== undefined && event.seq <= seq) return // it came by both
              seq = event.seq ?? seq
              variables.after = event.cursor ?? variables.after
              sink.next(result as never)
            },
            error: (error) => place >= newest && end(() => sink.error(error)),
            complete: () => place >= newest && end(() => sink.complete()),
          },
        )
        stops.set(place, stop)
      }
      const move = () => begin(places++)
      const end = (tell: () => void) => moves.delete(move) && tell()
      moves.add(move)
      move()
      return () => {
        for (const stop of stops.values()) stop()
      }
    },
  }
}
