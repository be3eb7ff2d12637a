/** The socket port on Bun's own WebSocket: the proof that the gateway's core knows no library. Bun has no socket below it, so frames are sent in its cork. */
import type { Frame, Socket } from '../../src/gateway/socket.ts'

interface BunWebSocket {
  data: Handlers
  readyState: number
  sendText(text: string): number
  cork(work: () => void): void
  getBufferedAmount(): number
  close(code: number, reason: string): void
}

interface Handlers {
  protocol: string
  message: (text: string) => Promise<void>
  drain: () => void
  close: (code: number, reason: string) => void
}

interface BunServer {
  port: number
  upgrade(request: Request, options: { data: Handlers; headers: Record<string, string> }): boolean
}

declare const Bun: { serve(options: object): BunServer }

const OPEN = 1
/** Past it Bun would drop what is sent: the gateway's own bound is far below. */
const BACKPRESSURE_LIMIT = 256 * 1_048_576

export function serveOnBun({
  maxFrameBytes,
  protocol,
  onSocket,
}: {
  maxFrameBytes: number
  protocol: string
  onSocket: (socket: Socket) => void
}): number {
  return Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch(request: Request, server: BunServer) {
      const asked = (request.headers.get('sec-websocket-protocol') ?? '').split(',').map((name) => name.trim())
      const agreed = asked.includes(protocol) ? protocol : ''
      const data: Handlers = { protocol: agreed, message: async () => {}, drain: () => {}, close: () => {} }
      const headers: Record<string, string> = agreed ? { 'sec-websocket-protocol': agreed } : {}
      return server.upgrade(request, { data, headers }) ? undefined : new Response(null, { status: 426 })
    },
    websocket: {
      maxPayloadLength: maxFrameBytes * 8,
      backpressureLimit: BACKPRESSURE_LIMIT,
      open: (client: BunWebSocket) => onSocket(adapt(client)),
      message(client: BunWebSocket, data: string | Uint8Array) {
        const text = String(data)
        if (Buffer.byteLength(text) > maxFrameBytes)
          return client.close(4511, JSON.stringify({ code: 'LIMIT_EXCEEDED', limit: 'frameBytes', max: maxFrameBytes }))
        client.data.message(text).catch(() => client.close(4500, 'Internal server error'))
      },
      drain: (client: BunWebSocket) => client.data.drain(),
      close: (client: BunWebSocket, code: number, reason: string) => client.data.close(code, reason),
    },
  }).port
}

function adapt(client: BunWebSocket): Socket {
  const handlers = client.data
  return {
    protocol: handlers.protocol,
    get bufferedBytes() {
      return client.getBufferedAmount()
    },
    write(frames) {
      if (client.readyState !== OPEN) return
      client.cork(() => {
        for (const frame of frames) client.sendText(textOf(frame))
      })
    },
    writeAll(head, bodies) {
      this.write(bodies.map((body) => ({ head, body })))
    },
    close: (code, reason) => client.close(code, reason),
    onMessage(handle) {
      handlers.message = handle
    },
    onDrain(handle) {
      handlers.drain = handle
    },
    onClose(handle) {
      handlers.close = handle
    },
  }
}

const textOf = ({ head, body }: Frame): string => head.toString() + body.toString()
