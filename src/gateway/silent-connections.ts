/**
 * Connections over which nothing was ever asked, as browsers and `fetch` open them in reserve. Node counts them among those that are about to ask, not among
 * the idle: a server that is to end would wait for them as long as they like.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/** Who has just connected is about to ask. */
const PATIENCE_MS = 1_000

export function silentConnections(server: Server) {
  /** Since when, and what had come by then: a proxy's header, maybe. */
  const since = new Map<Socket, { at: number; bytes: number }>()

  function gone(this: Socket): void {
    since.delete(this)
  }
  function asks({ socket }: IncomingMessage): void {
    socket.off('close', gone)
    since.delete(socket)
  }
  server.on('connection', (socket: Socket) => {
    since.set(socket, { at: performance.now(), bytes: socket.bytesRead })
    socket.on('close', gone)
  })
  server.on('request', asks)
  server.on('upgrade', asks)

  return {
    close(): void {
      const now = performance.now()
      for (const [socket, { at, bytes }] of since)
        if (socket.bytesRead === bytes && now - at >= PATIENCE_MS) socket.destroy()
    },
  }
}
