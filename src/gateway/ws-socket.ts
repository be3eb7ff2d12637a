/** The socket port on `ws`. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import { writeJoined } from './frames.ts'
import type { Socket } from './socket.ts'

/** The outer wall only: past it ws closes with 1009, which clients take for fatal; ours closes with 4511 before. */
const WALL_FACTOR = 8
const HEARTBEAT_MS = 30_000

interface Options {
  maxFrameBytes: number
  handleProtocols: (protocols: Set<string>) => string | false
  onSocket: (socket: Socket, request: IncomingMessage) => void
  logger: Log
}

export interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

export function wsSocketServer({ maxFrameBytes, handleProtocols, onSocket, logger }: Options): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    // Else a `complete` and a `subscribe` of the same id in one TCP segment leave the second one orphaned.
    allowSynchronousEvents: false,
    maxPayload: maxFrameBytes * WALL_FACTOR,
    handleProtocols,
  })
  const unanswered = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const client of server.clients) {
      if (unanswered.has(client)) client.terminate()
      unanswered.add(client)
      client.ping()
    }
  }, HEARTBEAT_MS).unref()

  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => {
        client.on('pong', () => unanswered.delete(client))
        client.on('error', (error) => logger.debug({ error }, 'a socket failed')) // `close` follows
        onSocket(adapt(client, { raw: socket, maxFrameBytes }), request)
      })
    },
    close() {
      clearInterval(heartbeat)
      server.close()
    },
  }
}

interface Adapted {
  /** Below ws: what it writes itself (pings, the close frame) goes there in whole frames, too. */
  raw: Duplex
  maxFrameBytes: number
}

function adapt(client: WebSocket, { raw, maxFrameBytes }: Adapted): Socket {
  return {
    protocol: client.protocol,
    get bufferedBytes() {
      return raw.writableLength
    },
    write(frames) {
      if (client.readyState === client.OPEN) writeJoined(raw, frames)
    },
    close: (code, reason) => client.close(code, reason),
    onMessage(handle) {
      client.on('message', (data, isBinary) => {
        if (isBinary) return client.close(4400, 'Send text frames')
        const text = String(data)
        if (Buffer.byteLength(text) > maxFrameBytes)
          return client.close(4511, JSON.stringify({ code: 'LIMIT_EXCEEDED', limit: 'frameBytes', max: maxFrameBytes }))
        handle(text).catch(() => client.close(4500, 'Internal server error'))
      })
    },
    onDrain: (handle) => void raw.on('drain', handle),
    onClose(handle) {
      client.on('close', (code, reason) => handle(code, String(reason)))
    },
  }
}
