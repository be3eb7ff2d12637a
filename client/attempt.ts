/** One attempt to connect: asks for a token, opens a socket with it, and waits until the server has acknowledged it. */
import type { ConnectionOptions } from './asking.ts'
import type { Environment } from './environment.ts'
import { RequestError } from './errors.ts'
import { type Pulse, pulse } from './pulse.ts'
import { type End, openSocket, type Socket } from './socket.ts'

/** All of an attempt: else a server that takes connections and says nothing would be waited for for ever. */
const LIMIT_MS = 15_000
const TOKEN_REFUSED = 4403

/** A socket that was acknowledged. */
export interface Line {
  readonly socket: Socket
  readonly pulse: Pulse
}

export interface AttemptEvents {
  opened(line: Line): void
  /** Nothing else comes of it. */
  failed(why: RequestError): void
  told(line: Line, payload: Record<string, unknown>): void
  ended(line: Line, why: RequestError): void
}

/** Answers what abandons it: no event comes any more. */
export function attempt(options: ConnectionOptions & Environment, events: AttemptEvents): () => void {
  const { url, token, clock, WebSocket } = options
  let socket: Socket | null = null
  let line: Line | null = null
  let isOver = false
  const limit = clock.setTimeout(() => {
    fail(new RequestError('OFFLINE', 'The server did not answer in time', { retryable: true }))
    socket?.terminate()
  }, LIMIT_MS)

  function settle(): boolean {
    if (isOver) return false
    isOver = true
    clock.clearTimeout(limit)
    return true
  }

  function fail(why: RequestError): void {
    if (settle()) events.failed(why)
  }

  function open(given: string): void {
    const own = openSocket(
      { url, token: given, WebSocket },
      {
        opened() {
          if (!settle()) return
          line = { socket: own, pulse: pulse(own, clock) }
          events.opened(line)
        },
        told: (payload) => line && events.told(line, payload),
        heard: () => line?.pulse.heard(),
        ended(how) {
          line?.pulse.stop()
          if (line) events.ended(line, errorOf(how))
          else fail(errorOf(how))
        },
      },
    )
    socket = own
  }

  void Promise.resolve()
    .then(token)
    .then(
      (given) => {
        if (isOver) return
        if (given === null) fail(new RequestError('SIGNED_OUT', 'Nobody is signed in: token() answered null'))
        else open(given)
      },
      (cause) => fail(new RequestError('OFFLINE', 'token() gave none', { retryable: true, cause })),
    )

  return () => {
    if (settle()) socket?.close()
  }
}

/** UNAUTHENTICATED where the token was refused. */
function errorOf({ code, reason, retryAfterMs }: End): RequestError {
  const text = `The connection was closed (${[code, reason].filter(Boolean).join(' ')})`
  const name = code === TOKEN_REFUSED ? 'UNAUTHENTICATED' : 'OFFLINE'
  return new RequestError(name, text, { retryable: true, retryAfterMs })
}
