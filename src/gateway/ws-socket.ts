/** The socket port on `ws`. */
import type { IncomingMessage } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import { writeJoined } from './frames.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Socket } from './socket.ts'

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
    const { stop } = heartbeat.start({
      bytesRead: () => (raw as NetSocket).bytesRead,
      ping: () => client.ping(),
      terminate: () => client.terminate(),
    })
    client.on('close', stop)
    client.on('error', failed)
    return adapt(client, { raw, maxFrameBytes })
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
