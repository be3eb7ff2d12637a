/**
 * What no server can be cheaper than: the frames of a tick, as bytes that are ready, in one call of the system for each socket, and nothing else done. Arguments:
 * its port, and the size of one event's frame in bytes. Who says a number has all others given so many of them.
 */
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

const [port = 0, size = 0] = process.argv.slice(2).map(Number)
const HEAD_BYTES = 4
const frame = Buffer.alloc(size, 'x')
frame.set([0x81, 126])
frame.writeUInt16BE(size - HEAD_BYTES, 2)

const sockets = new Set<Duplex>()
const server = createServer()
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false })

server.on('upgrade', (request, socket, head) =>
  upgrades.handleUpgrade(request, socket, head, (client) => {
    client.on('close', () => sockets.delete(socket))
    client.on('message', (text) => {
      const events = Number(String(text))
      if (events > 0) give(Buffer.concat(Array.from({ length: events }, () => frame)))
      else sockets.add(socket)
      client.send('{}')
    })
  }),
)

function give(frames: Buffer): void {
  for (const socket of sockets) socket.write(frames)
}

server.listen(port, '127.0.0.1', 4_096, () => console.log('listening'))
