/**
 * What no server on `ws` can be cheaper than: it shakes hands, answers the first two frames with bytes that are ready, knows nobody and asks nobody, and pings each
 * socket once in 30 s, those of a second together. Argument: its port.
 */
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

const [port = 0] = process.argv.slice(2).map(Number)
const BEAT_SECONDS = 30
const ANSWER = JSON.stringify({ type: 'next', payload: 'x'.repeat(256) })
const PING = Buffer.from([0x89, 0x00])

const seconds: Set<Duplex>[] = Array.from({ length: BEAT_SECONDS }, () => new Set())
let opened = 0
let second = 0
const server = createServer()
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false })

server.on('upgrade', (request, socket, head) =>
  upgrades.handleUpgrade(request, socket, head, (client) => {
    const together = seconds[opened++ % BEAT_SECONDS]
    together?.add(socket)
    client.on('close', () => together?.delete(socket))
    client.on('message', () => client.send(ANSWER))
  }),
)

setInterval(() => {
  second = (second + 1) % BEAT_SECONDS
  for (const socket of seconds[second] ?? []) socket.write(PING)
}, 1_000)

server.listen(port, '127.0.0.1', 4_096, () => console.log('listening'))
