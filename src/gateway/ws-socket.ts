/** The socket port on `ws`. */
import type { IncomingMessage } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import { PING, writeJoined } from './frames.ts'
import { createHeartbeat, type Peer } from './heartbeat.ts'
import { writeShared } from './shared-frames.ts'
import type { Frame, Socket } from './socket.ts'

/** The outer wall only: past it ws closes with 1009, which clients take for fatal; ours closes with 4511 before. */
const WALL_FACTOR = 8
const HEARTBEAT_MS = 30_000

interface Options {
  maxFrameBytes: number
  handleProtocols: (protocols: Set<string>) => string | false
  onSocket: (socket: Socket, request: IncomingMessage) => void
  logger: Log
  /** How often a ping is sent, a tenth more or less. */
  beatMs?: number
}

export interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Whoever is still there. */
  cut(): void
  close(): void
}

export function wsSocketServer({
  maxFrameBytes,
  handleProtocols,
  onSocket,
  logger,
  beatMs = HEARTBEAT_MS,
}: Options): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    // Else a `complete` and a `subscribe` of the same id in one TCP segment leave the second one orphaned.
    allowSynchronousEvents: false,
    maxPayload: maxFrameBytes * WALL_FACTOR,
    handleProtocols,
  })
  const heartbeat = createHeartbeat({ beatMs })
  const failed = (error: Error) => logger.debug({ error }, 'a socket failed') // `close` follows

  /** Apart from `upgrade`: what lives as long as the socket must not keep its request. */
  function hold(client: WebSocket, raw: Duplex): Socket {
    const socket = new WsSocket(client, { raw: raw as NetSocket, maxFrameBytes })
    const { stop } = heartbeat.start(socket)
    client.on('close', stop)
    client.on('error', failed)
    return socket
  }

  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => onSocket(hold(client, socket), request))
    },
    cut() {
      for (const client of server.clients) client.terminate()
    },
    close() {
      heartbeat.close()
      server.close()
    },
  }
}

interface Below {
  /** Below ws: what it writes itself (pings, the close frame) goes there in whole frames, too. */
  raw: NetSocket
  maxFrameBytes: number
}

class WsSocket implements Socket, Peer {
  readonly #client: WebSocket
  readonly #raw: NetSocket
  readonly #maxFrameBytes: number

  constructor(client: WebSocket, { raw, maxFrameBytes }: Below) {
    this.#client = client
    this.#raw = raw
    this.#maxFrameBytes = maxFrameBytes
  }

  get protocol(): string {
    return this.#client.protocol
  }

  get bufferedBytes(): number {
    return this.#raw.writableLength
  }

  write(frames: readonly Frame[]): void {
    if (this.#client.readyState === this.#client.OPEN) writeJoined(this.#raw, frames)
  }

  writeAll(head: Buffer, bodies: readonly Buffer[]): void {
    if (this.#client.readyState === this.#client.OPEN) writeShared(this.#raw, head, bodies)
  }

  close(code: number, reason: string): void {
    this.#client.close(code, reason)
  }

  onMessage(handle: (text: string) => Promise<void>): void {
    const [client, max] = [this.#client, this.#maxFrameBytes]
    client.on('message', (data, isBinary) => {
      if (isBinary) return client.close(4400, 'Send text frames')
      const text = String(data)
      if (Buffer.byteLength(text) > max)
        return client.close(4511, JSON.stringify({ code: 'LIMIT_EXCEEDED', limit: 'frameBytes', max }))
      handle(text).catch(() => client.close(4500, 'Internal server error'))
    })
  }

  onDrain(handle: () => void): void {
    this.#raw.on('drain', handle)
  }

  onClose(handle: (code: number, reason: string) => void): void {
    this.#client.on('close', (code, reason) => handle(code, String(reason)))
  }

  bytesRead(): number {
    return this.#raw.bytesRead
  }

  ping(): void {
    if (this.#client.readyState === this.#client.OPEN) this.#raw.write(PING)
  }

  terminate(): void {
    this.#client.terminate()
  }
}
