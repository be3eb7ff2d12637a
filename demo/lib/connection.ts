/**
 * A client of graphql-transport-ws, so thin that a demo has each frame as it came, and can let a connection die the way
 * networks do: the TCP connection is gone, nobody says goodbye, and what was on its way is lost.
 */
import { WebSocket } from 'ws'
import { patiently } from './patience.ts'

export interface Connection {
  /** A query or a mutation: its data. */
  execute<Data>(query: string, variables: object): Promise<Data>
  /** The same, but the connection dies as soon as the operation is written: no answer can come. */
  executeAndDie(query: string, variables: object): Promise<void>
  /** What comes of it goes to `onFrame`. */
  subscribe(query: string, variables: object): void
  /** Resolves when all that the server has sent before is here. */
  flushed(): Promise<void>
  destroy(): void
  close(): void
}

export interface ConnectionOptions {
  /** Of the server, as http:// or https://. */
  url: string
  token: string
  /** Each text frame as it came. None after `destroy`, even where the kernel had more. */
  onFrame?: (text: string) => void
  /** The other side, or the network, has ended it once it was open: we have not. */
  onLost?: (error: Error) => void
}

interface Frame {
  id?: string
  type: string
  payload?: { data?: unknown; errors?: unknown }
}

/** Not let in now, but told when to come again. */
export class TurnedAway extends Error {
  override name = 'TurnedAway'
  readonly retryAfterMs: number
  constructor(message: string, retryAfterMs: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

export async function connect({ url, token, onFrame, onLost }: ConnectionOptions): Promise<Connection> {
  const socket = new WebSocket(new URL('/graphql', url.replace(/^http/, 'ws')), 'graphql-transport-ws', {
    perMessageDeflate: false,
  })
  const acknowledged = Promise.withResolvers<void>()
  const answers = new Map<string, PromiseWithResolvers<unknown>>()
  const pongs: (() => void)[] = []
  let lastId = 0
  let isOpen = false
  let hasEnded = false

  const send = (frame: object) => socket.send(JSON.stringify(frame))
  const start = (query: string, variables: object) => {
    const id = `${++lastId}`
    return { id, frame: { id, type: 'subscribe', payload: { query, variables } } }
  }
  const end = (error: Error) => {
    hasEnded = true
    acknowledged.reject(error)
    for (const { reject } of answers.values()) reject(error)
  }

  const receive = (text: string): void => {
    onFrame?.(text)
    const { id = '', type, payload } = JSON.parse(text) as Frame
    if (type === 'connection_ack') acknowledged.resolve()
    else if (type === 'ping') send({ type: 'pong' })
    else if (type === 'pong') pongs.shift()?.()
    else if (type === 'error' || payload?.errors) answers.get(id)?.reject(new Error(text.slice(0, 500)))
    else if (type === 'next') answers.get(id)?.resolve(payload?.data)
  }

  socket.on('open', () => send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } }))
  socket.on('message', (data) => hasEnded || receive(String(data)))
  socket.on('error', (error) => acknowledged.reject(error))
  socket.on('close', (code, reason) => {
    if (hasEnded) return
    const message = `the server closed the connection (${code} ${reason})`
    const retryAfterMs = isOpen ? null : retryAfter(code, String(reason))
    const error = retryAfterMs === null ? new Error(message) : new TurnedAway(message, retryAfterMs)
    end(error)
    if (isOpen) onLost?.(error)
  })
  await patiently('connecting', acknowledged.promise)
  isOpen = true

  return {
    async execute<Data>(query: string, variables: object) {
      const { id, frame } = start(query, variables)
      const answer = Promise.withResolvers<unknown>()
      answers.set(id, answer)
      if (hasEnded) answer.reject(new Error('the connection has ended'))
      else send(frame)
      return patiently('an answer', answer.promise).finally(() => answers.delete(id)) as Promise<Data>
    },
    async executeAndDie(query, variables) {
      if (hasEnded) throw new Error('the connection has ended')
      const { promise, resolve } = Promise.withResolvers<void>()
      socket.once('close', resolve)
      // Written means handed to the kernel: the server may see it or not, but we shall never know from this connection.
      socket.send(JSON.stringify(start(query, variables).frame), () => socket.terminate())
      end(new Error('the connection was cut'))
      await promise
    },
    subscribe: (query, variables) => send(start(query, variables).frame),
    flushed: () =>
      new Promise((resolve) => {
        pongs.push(resolve)
        send({ type: 'ping' })
      }),
    destroy() {
      end(new Error('the connection was cut'))
      socket.terminate()
    },
    close() {
      end(new Error('the connection is closed'))
      socket.close(1000)
    },
  }
}

/** A server that was too busy to read `connection_init` in time closes with this, and says no time: clients of graphql-ws come again. */
const INIT_TIMEOUT = 4408
const INIT_RETRY_MS = 1_000

function retryAfter(code: number, reason: string): number | null {
  if (code === INIT_TIMEOUT) return INIT_RETRY_MS
  try {
    const { retryAfterMs } = JSON.parse(reason) as { retryAfterMs?: number }
    return retryAfterMs ?? null
  } catch {
    return null // no JSON: nothing that says when
  }
}
