/** A subscription that outlives its sockets: it goes on after the newest cursor, and gives nothing twice. */
import { refusal } from './ask.ts'
import type { Answer, Payload, Sink } from './asking.ts'
import type { Clock } from './environment.ts'
import type { RequestError } from './errors.ts'
import { type Numbered, once } from './once.ts'
import type { GraphqlError, Socket } from './socket.ts'

/** Where the server has not said when to ask again. */
const AGAIN_MS = 1_000
const TOKEN_ENDED = ['TOKEN_EXPIRED', 'UNAUTHENTICATED']

export interface Resuming {
  /** Goes on over this socket. Resolves when it has begun there, so that the one before may go. */
  begin(socket: Socket): Promise<void>
  stop(): void
}

interface World {
  clock: Clock
  /** For want of a good token: it begins again on the socket that another one brings. */
  refused(): void
  worked(): void
  /** It ended for good. */
  ended(): void
}

export function resuming<Data>(payload: Payload, sink: Sink<Data>, world: World): Resuming {
  const { clock } = world
  const variables: Record<string, unknown> = { ...payload.variables }
  const events = once(!/\bfeed\b/.test(payload.query))
  /** Of the sockets on which it runs; the newest one that has begun silences the others. */
  const places = new Map<number, () => void>()
  let last = 0
  let begunAt = 0
  let timer: unknown
  let isOver = false

  function begin(socket: Socket): Promise<void> {
    return new Promise((begun) => {
      const place = ++last
      clock.clearTimeout(timer)
      if (isOver) return begun()
      const leave = () => {
        places.delete(place)
        begun()
      }
      const failed = (errors: readonly GraphqlError[]) => {
        leave()
        if (place === last && !isOver) refused(refusal(errors), socket)
      }
      const stop = socket.execute<Data>(
        { ...payload, variables },
        {
          next(result) {
            if (isOver || place < begunAt) return
            if (place > begunAt && !result.data) return failed(result.errors ?? [])
            silenceBefore(place)
            begun()
            give(result)
          },
          lost: leave,
          refused: failed,
          complete() {
            const hasRun = places.has(place)
            leave()
            if (hasRun && place === last && !isOver) completed(socket)
          },
        },
      )
      places.set(place, stop)
    })
  }

  function silenceBefore(place: number): void {
    begunAt = place
    for (const [other, stop] of places) if (other < place && places.delete(other)) stop()
  }

  let isToResync = false

  function give(result: Answer<Data>): void {
    const [event] = Object.values(result.data ?? {}) as (Numbered | null)[]
    isToResync = event?.__typename === 'ResyncRequired'
    if (isToResync) events.forget()
    if (event && !events.isNew(event)) return
    world.worked()
    // Given first: who keeps what he was given with its cursor keeps both or neither.
    sink.next(result)
    if (event?.cursor) Object.assign(variables, { after: event.cursor, afterSeq: undefined })
  }

  function completed(socket: Socket): void {
    if (isToResync) return void begin(socket) // with the cursor that came with it
    end()
    sink.complete()
  }

  function refused(error: RequestError, socket: Socket): void {
    if (TOKEN_ENDED.includes(error.code)) world.refused()
    else if (error.retryable) timer = clock.setTimeout(() => void begin(socket), error.retryAfterMs ?? AGAIN_MS)
    else {
      end()
      sink.error(error)
    }
  }

  function end(): void {
    isOver = true
    clock.clearTimeout(timer)
    for (const stop of places.values()) stop()
    places.clear()
    world.ended()
  }

  return { begin, stop: () => isOver || end() }
}
