/** A raw client of graphql-transport-ws that hides nothing: every frame that came is kept, and any frame can be sent. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { createQueue, type Queue } from './queue.ts'

export interface Frame {
  type: string
  id?: string
  payload?: unknown
}

export interface Closing {
  code: number
  reason: string
}

export interface TransportSocket {
  /** All frames, in the order in which they came. */
  readonly frames: Queue<Frame>
  /** Frames of one operation, from now on. */
  framesOf(id: string): Queue<Frame>
  send(frame: Frame | string): void
  /** Frames that leave in one write, and so most likely in one TCP segment. */
  sendTogether(...frames: Frame[]): void
  /** Sends connection_init and waits for the acknowledgement. */
  init(payload?: Record<string, unknown>): Promise<void>
  subscribe(id: string, query: string, variables?: object): Queue<Frame>
  /** Ping and pong: all that the server wrote before has come when this resolves. */
  roundTrip(): Promise<void>
  readonly closed: Promise<Closing>
  close(code?: number): void
  /** As when the cable is pulled: no closing handshake. */
  cut(): void
  /** Does not read, so that the server's writes back up. */
  pause(): void
  resume(): void
}

interface Options {
  protocols?: string[]
  origin?: string
}

/** Resolves when it is open; rejects when the server refuses the upgrade. */
export async function openTransportSocket(
  url: string,
  { protocols = ['graphql-transport-ws'], origin }: Options = {},
): Promise<TransportSocket> {
  const client = new WebSocket(url, protocols, { perMessageDeflate: false, ...(origin && { origin }) })
  const frames = createQueue<Frame>('the socket')
  const operations = new Map<string, Queue<Frame>>()

  client.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    frames.push(frame)
    if (frame.id !== undefined) operations.get(frame.id)?.push(frame)
  })
  const closed = new Promise<Closing>((resolve) => {
    client.on('close', (code, reason) => {
      for (const queue of [frames, ...operations.values()]) queue.end(`closed with ${code} ${reason}`)
      resolve({ code, reason: String(reason) })
    })
  })
  await once(client, 'open') // rejects by `error`
  client.on('error', () => {}) // `close` follows

  const text = (frame: Frame | string) => (typeof frame === 'string' ? frame : JSON.stringify(frame))
  const send = (frame: Frame | string) => client.send(text(frame))
  const pongs = createQueue<Frame>('the pongs')
  client.on('message', (data) => {
    if (String(data).includes('"pong"')) pongs.push(JSON.parse(String(data)))
  })

  const framesOf = (id: string) => {
    const queue = createQueue<Frame>(`operation ${id}`)
    operations.set(id, queue)
    return queue
  }

  return {
    frames,
    framesOf,
    send,
    sendTogether(...together) {
      socketOf(client).cork()
      for (const frame of together) send(frame)
      socketOf(client).uncork()
    },
    async init(payload = {}) {
      send({ type: 'connection_init', payload })
      await frames.next(({ type }) => type === 'connection_ack')
    },
    subscribe(id, query, variables = {}) {
      const queue = framesOf(id)
      send({ type: 'subscribe', id, payload: { query, variables } })
      return queue
    },
    async roundTrip() {
      send({ type: 'ping' })
      await pongs.next(({ type }) => type === 'pong')
    },
    closed,
    close: (code) => client.close(code),
    cut: () => client.terminate(),
    pause: () => client.pause(),
    resume: () => client.resume(),
  }
}

/** ws offers no way of its own to write two frames at once. */
function socketOf(client: WebSocket): { cork(): void; uncork(): void } {
  return (client as unknown as { _socket: { cork(): void; uncork(): void } })._socket
}
