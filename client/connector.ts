/** Keeps one socket open: backs off, and moves to another one before this one ends. What is asked over it is not its business. */
import type { ConnectionOptions } from './asking.ts'
import { attempt, type Line } from './attempt.ts'
import type { Environment } from './environment.ts'
import { RequestError } from './errors.ts'
import { type Readable, writable } from './readable.ts'
import { createRetries } from './retries.ts'
import { asksForPatience, renewSession } from './session.ts'
import type { Socket } from './socket.ts'
import type { ConnectionState } from './types.ts'

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
  const { token, signals } = options
  const state = writable<ConnectionState>({ status: 'connecting', retryAt: null, error: null })
  const retries = createRetries(options, begin)
  let line: Line | null = null
  let abandon: (() => void) | null = null
  let error: RequestError | null = null
  let isDegraded = false
  /** How often the server has told whether it is. */
  let news = 0
  let isMoving = false
  let isClosed = false

  const stopListening = signals.subscribe((signal) => {
    if (signal === 'offline') line?.socket.terminate()
    else if (signal !== 'leaving' && line) line.pulse.probe()
    else if (signal !== 'leaving') reconnect()
  })
  retries.in(0)

  function show(): void {
    const before = state.get()
    const now: ConnectionState = { status: statusNow(), retryAt: line ? null : retries.at(), error }
    if (now.status !== before.status || now.retryAt !== before.retryAt || error !== before.error) state.set(now)
  }

  function statusNow(): ConnectionState['status'] {
    if (retries.isExpired()) return 'expired'
    if (line) return isDegraded ? 'degraded' : isMoving ? 'draining' : 'online'
    return abandon || retries.isAboutToTry() ? 'connecting' : 'offline'
  }

  // ---------------------------------------------------------------- coming and going

  function begin(): void {
    retries.cancel()
    if (isClosed || abandon) return
    abandon = attempt(options, { opened: become, failed, told, ended })
    show()
  }

  function become(next: Line): void {
    const previous = line
    previous?.pulse.stop()
    line = next
    abandon = error = null
    isDegraded = isMoving = false
    retries.wasWell()
    show()
    opened(next.socket, previous?.socket ?? null)
  }

  function ended(which: Line, why: RequestError): void {
    if (which !== line) return
    line = null
    isDegraded = isMoving = false
    error = why
    retries.wasWell()
    if (!abandon) retries.after(why) // else another one is on its way already
    show()
  }

  function failed(why: RequestError): void {
    abandon = null
    error = why
    if (line) retries.wasWell()
    retries.after(why)
    show()
  }

  function reconnect(): void {
    if (line || isClosed) return
    retries.startOver()
    begin()
  }

  // ---------------------------------------------------------------- what the server says

  function told(which: Line, { type, reconnectAfterMs }: Record<string, unknown>): void {
    if (which !== line) return
    if (type === 'drain') move(Number(reconnectAfterMs) || 0)
    else if (type === 'degraded' || type === 'recovered') {
      news++
      setDegraded(type === 'degraded')
    } else if (type === 'expiring') void renew()
  }

  function setDegraded(now: boolean): void {
    isDegraded = now
    show()
  }

  /** This socket goes on until another one is there. */
  function move(inMs: number): void {
    isMoving = true
    if (!abandon) retries.in(inMs)
    show()
  }

  async function renew(): Promise<void> {
    const own = line
    try {
      const given = await token()
      // Who has signed out uses it up to its end.
      if (own && own === line && given !== null) await renewSession(own.socket, given)
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
      if (retries.refused()) return move(0)
      own.pulse.stop()
      own.socket.close()
      ended(own, new RequestError('SESSION_REFUSED', 'The server takes no token that token() gives'))
    },
    worked() {
      if (!line) return
      retries.accepted()
      show()
    },
    lookWhetherDegraded() {
      const [own, before] = [line, news]
      // What the server has told since is newer than its answer.
      if (own) void asksForPatience(own.socket).then((isSo) => own === line && before === news && setDegraded(isSo))
    },
    close() {
      isClosed = true
      stopListening()
      retries.cancel()
      abandon?.()
      line?.pulse.stop()
      line?.socket.close()
      line = abandon = null
      show()
    },
  }
}
