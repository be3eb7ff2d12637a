/** One socket, from its opening to its end, by graphql-ws. It never comes back: the connection opens another one. */
import { createClient } from 'graphql-ws/client'
import type { Answer, Payload } from './asking.ts'

/** How it ended. */
export interface End {
  /** Of the WebSocket; 1006 where nobody has said goodbye. */
  code: number
  reason: string
  /** When the server wants to see us again; null where it has not said. */
  retryAfterMs: number | null
}

export interface SocketEvents {
  /** It was acknowledged: all may be asked. */
  opened(): void
  /** A ping of the server carried this. */
  told(payload: Record<string, unknown>): void
  /** Something has come. */
  heard(): void
  /** Once; nothing comes after it. */
  ended(end: End): void
}

export type GraphqlError = NonNullable<Answer['errors']>[number]

export interface OperationSink<Data> {
  next(result: Answer<Data>): void
  refused(errors: readonly GraphqlError[]): void
  complete(): void
  /** The socket ended before the operation. */
  lost(): void
}

export interface Socket {
  execute<Data>(payload: Payload, sink: OperationSink<Data>): () => void
  /** Asks the other side for a sign of life. */
  ping(): void
  /** No goodbye: the other side does not hear us. */
  terminate(): void
  close(): void
}

export interface SocketOptions {
  /** Of the server: http:, https:, ws: or wss:, or from the page's own on. */
  url: string
  token: string
  WebSocket: unknown
}

export function openSocket({ url, token, WebSocket }: SocketOptions, events: SocketEvents): Socket {
  let hasEnded = false
  let ids = 0
  let raw: { send(text: string): void; readyState: number } | null = null

  const client = createClient({
    url: addressOf(url),
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${token}` },
    lazy: false,
    retryAttempts: 0, // when and where to come again is for the connection to say
    generateID: () => `${++ids}`,
    onNonLazyError: (error) => end(endOf(error)),
    on: {
      connected(socket) {
        raw = socket as typeof raw
        if (!hasEnded) events.opened()
      },
      message: () => hasEnded || events.heard(),
      ping(isReceived, payload) {
        if (isReceived && payload && !hasEnded) events.told(payload)
      },
      closed: (event) => end(endOf(event)),
    },
  })

  function end(how: End): void {
    if (hasEnded) return
    hasEnded = true
    dispose()
    events.ended(how)
  }

  function dispose(): void {
    Promise.resolve(client.dispose()).catch(() => {}) // it was not open yet: it says why by `closed`, too
  }

  return {
    execute(payload, sink) {
      if (hasEnded) {
        queueMicrotask(sink.lost) // the library would open another one, of which nobody knows
        return () => {}
      }
      return client.subscribe(payload as Parameters<typeof client.subscribe>[0], {
        next: (result) => hasEnded || sink.next(result as never),
        error: (error) => (Array.isArray(error) && !hasEnded ? sink.refused(error) : sink.lost()),
        complete: () => (hasEnded ? sink.lost() : sink.complete()),
      })
    },
    ping() {
      if (raw?.readyState === 1) raw.send('{"type":"ping"}')
    },
    terminate: () => client.terminate(),
    close() {
      hasEnded = true
      dispose()
    },
  }
}

function addressOf(url: string): string {
  const { href } = new URL(url, globalThis.location?.href)
  return `${href.replace(/^http/, 'ws').replace(/\/+$/, '')}/graphql`
}

function endOf(cause: unknown): End {
  const { code = 1006, reason = '' } = (cause ?? {}) as { code?: number; reason?: string }
  return { code, reason, retryAfterMs: retryAfter(reason) }
}

/** Our reasons are JSON; those of proxies are not. */
function retryAfter(reason: string): number | null {
  if (!reason.startsWith('{')) return null
  try {
    const { retryAfterMs } = JSON.parse(reason) as { retryAfterMs?: unknown }
    return typeof retryAfterMs === 'number' ? retryAfterMs : null
  } catch {
    return null // cut off in the middle
  }
}
