/** Keeps one socket open: backs off, and moves to another one before this one ends. What is asked over it is not its business. */
import { ask } from './ask.ts'
import type { ConnectionOptions } from './asking.ts'
import { attempt, type Line } from './attempt.ts'
import { backoff } from './backoff.ts'
import type { Environment } from './environment.ts'
import { RequestError } from './errors.ts'
import { type Readable, writable } from './readable.ts'
import type { Socket } from './socket.ts'
import type { ConnectionState } from './types.ts'

/** While the browser says that there is no network: it may be wrong. */
const WITHOUT_NETWORK_MS = 20_000
const RENEW = 'mutation Renew($input: RenewSessionInput!) { renewSession(input: $input) { __typename } }'
const DEGRADED = '{ limits { degraded } }'

export interface Connector {
  readonly state: Readable<ConnectionState>
  /** null while there is none. */
  socket(): Socket | null
  reconnect(): void
  /** Something was refused as if the database were away: looks whether it is. */
  lookWhetherDegraded(): void
  /** Something was refused for want of a good token: another socket, with another token, takes over. */
  refused(): void
  /** Something was answered. */
  worked(): void
  close(): void
}

/** `previous` still lives, and is to be closed by who listens, once all has moved. */
type Opened = (socket: Socket, previous: Socket | null) => void

export function createConnector(options: ConnectionOptions & Environment, opened: Opened): Connector {
  const { token, clock, random, signals } = options
  const state = writable<ConnectionState>({ status: 'connecting', retryAt: null, error: null })
  let line: Line | null = null
  let abandon: (() => void) | null = null
  let timer: unknown = null
  let retryAt: number | null = null
  let error: RequestError | null = null
  let failed = 0
  let workedAt = clock.now()
  let refusals = 0
  let isDegraded = false
  let isMoving = false
  let isClosed = false

  const stopListening = signals.subscribe((signal) => {
    if (signal === 'offline') line?.socket.terminate()
    else if (signal !== 'leaving' && line) line.pulse.probe()
    else if (signal !== 'leaving') reconnect()
  })
  after(0)

  function show(): void {
    const [before, status] = [state.get(), statusNow()]
    if (status !== before.status || retryAt !== before.retryAt || error !== before.error)
      state.set({ status, retryAt, error })
  }

  function statusNow(): ConnectionState['status'] {
    if (refusals > 1) return 'expired'
    if (line) return isDegraded ? 'degraded' : isMoving ? 'draining' : 'online'
    return abandon || (timer !== null && retryAt === null) ? 'connecting' : 'offline'
  }

  // ---------------------------------------------------------------- coming and going

  function begin(): void {
    cancelTimer()
    if (isClosed || abandon) return
    abandon = attempt(options, { opened: become, failed: failedToOpen, told, ended })
    show()
  }

  function become(next: Line): void {
    const previous = line
    previous?.pulse.stop()
    line = next
    abandon = error = null
    failed = 0 // `refusals` ends with the first answer: a socket opens with any token
    isDegraded = isMoving = false
    show()
    opened(next.socket, previous?.socket ?? null)
  }

  function ended(which: Line, why: RequestError): void {
    if (which !== line) return
    line = null
    isDegraded = isMoving = false
    workedAt = clock.now()
    if (abandon)
      error = why // another one is on its way already
    else comeAgain(why)
    show()
  }

  function failedToOpen(why: RequestError): void {
    abandon = null
    if (line) workedAt = clock.now()
    comeAgain(why)
  }

  function comeAgain(why: RequestError): void {
    error = why
    const isRefused = why.code === 'UNAUTHENTICATED'
    refusals = why.code === 'SIGNED_OUT' ? 2 : refusals + (isRefused ? 1 : 0)
    failed = Math.max(failed, refusals)
    const sinceMs = clock.now() - workedAt
    const waitMs = backoff({ failed: failed++, sinceMs, retryAfterMs: why.retryAfterMs }, random)
    if (why.code === 'SIGNED_OUT')
      show() // and waits for reconnect()
    else if (isRefused && refusals === 1) after(0)
    else after(signals.isOnline() ? waitMs : Math.max(waitMs, WITHOUT_NETWORK_MS))
  }

  function after(waitMs: number): void {
    cancelTimer()
    retryAt = line || waitMs === 0 ? null : Math.round(clock.now() + waitMs)
    timer = clock.setTimeout(begin, waitMs)
    show()
  }

  function cancelTimer(): void {
    if (timer !== null) clock.clearTimeout(timer)
    timer = retryAt = null
  }

  function reconnect(): void {
    if (line || isClosed) return
    failed = refusals = 0
    workedAt = clock.now()
    begin()
  }

  // ---------------------------------------------------------------- what the server says

  function told(which: Line, { type, reconnectAfterMs }: Record<string, unknown>): void {
    if (which !== line) return
    if (type === 'drain') move(Number(reconnectAfterMs) || 0)
    else if (type === 'degraded' || type === 'recovered') setDegraded(type === 'degraded')
    else if (type === 'expiring') void renew()
  }

  function setDegraded(now: boolean): void {
    isDegraded = now
    show()
  }

  /** This socket goes on until another one is there. */
  function move(inMs: number): void {
    isMoving = true
    failed = 0
    if (!abandon) after(inMs)
    show()
  }

  async function renew(): Promise<void> {
    const own = line
    try {
      const given = await token()
      if (!own || own !== line || given === null) return // signed out: it is used up to its end
      const variables = { input: { token: given } }
      const answer = await ask<{ renewSession: { __typename: string } }>(own.socket, { query: RENEW, variables })
      if (answer.renewSession.__typename !== 'RenewSessionPayload') throw new RequestError('UNAUTHENTICATED', 'Refused')
    } catch {
      if (own === line) move(0) // it asks for a token again, and tells why there is none
    }
  }

  return {
    state,
    socket: () => line?.socket ?? null,
    reconnect,
    refused() {
      const own = line
      if (!own || isMoving) return
      if (++refusals === 1) return move(0)
      own.pulse.stop()
      own.socket.close()
      ended(own, new RequestError('SESSION_REFUSED', 'The server takes no token that token() gives'))
    },
    worked() {
      if (refusals === 0) return
      refusals = 0
      show()
    },
    lookWhetherDegraded() {
      const own = line
      if (!own) return
      ask<{ limits: { degraded: boolean } }>(own.socket, { query: DEGRADED }).then(
        ({ limits }) => own === line && setDegraded(limits.degraded),
        () => {}, // it cannot tell: then nothing is known of it
      )
    },
    close() {
      isClosed = true
      stopListening()
      cancelTimer()
      abandon?.()
      line?.pulse.stop()
      line?.socket.close()
      line = abandon = null
      show()
    },
  }
}
