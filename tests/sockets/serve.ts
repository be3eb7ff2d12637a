/**
 * A gateway without GraphQL and without a database, on the adapter that is named: a hub, and the sockets that follow it. A client says what it wants to see;
 * see `Command`. Prints its port.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hub } from '../../src/delivery/hub.ts'
import type { ChatEvent } from '../../src/events.ts'
import { Flusher } from '../../src/gateway/flusher.ts'
import { Group } from '../../src/gateway/groups.ts'
import { Outbox } from '../../src/gateway/outbox.ts'
import { Sink } from '../../src/gateway/sink.ts'
import type { Socket } from '../../src/gateway/socket.ts'
import { wsSocketServer } from '../../src/gateway/ws-socket.ts'
import { createLog } from '../../src/log.ts'
import { serveOnBun } from './bun-sockets.ts'

export type Command =
  /** Writes these frames together; `fill` makes a body of so many characters of that letter. */
  | { write: { head: string; body?: string; fill?: [letter: string, count: number] }[] }
  | { close: { code: number; reason: string }; thenWrite?: string }
  /** Answers how much waits, and how often all that waited went out. */
  | { tell: 'backlog' }
  /** Follows the hub under that id. */
  | { join: string }
  /** So many events come to the hub, each of so many characters. */
  | { offer: number; size: number }
  | { fail: true }

const MAX_FRAME_BYTES = 131_072
const PROTOCOL = 'graphql-transport-ws'
const NOTHING = Buffer.alloc(0)

const hub = new Hub({ tenantId: 'tenant', streamId: 'stream' })
hub.last = { seq: 0, position: 0n }
const group = new Group(async (delivered) => ({
  data: delivered.kind === 'EVENT' ? { seq: delivered.event.seq, text: textOf(delivered.event) } : null,
}))
const flusher = new Flusher(() => undefined)

function follow(socket: Socket): void {
  const outbox = new Outbox(socket, flusher)
  const reply = (text: string) => socket.write([{ head: NOTHING, body: Buffer.from(text) }])
  let drained = 0
  socket.onDrain(() => drained++)
  socket.onMessage(async (text) => {
    const command = JSON.parse(text) as Command
    if ('write' in command)
      socket.write(
        command.write.map(({ head, body = '', fill = ['', 0] }) => ({
          head: Buffer.from(head),
          body: Buffer.from(body + fill[0].repeat(fill[1])),
        })),
      )
    else if ('close' in command) {
      socket.close(command.close.code, command.close.reason)
      if (command.thenWrite) reply(command.thenWrite)
    } else if ('tell' in command) reply(JSON.stringify({ buffered: socket.bufferedBytes, drained }))
    else if ('join' in command) join(socket, new Sink({ outbox, group, id: command.join }))
    else if ('offer' in command) for (let i = 0; i < command.offer; i++) hub.offer(eventOf(command.size))
    else throw new Error('as it was told to')
  })
}

type Given = { forConversation: Parameters<Sink['take']>[0] }

function join(socket: Socket, sink: Sink): void {
  const reader = {
    tenantId: hub.tenantId,
    isReplaying: false,
    given: () => [],
    hear: (live: Given) => sink.isOpen && sink.take(live.forConversation),
    overhear: () => undefined,
    resync: () => undefined,
    outlet: sink,
    lane: null,
    seesFrom: 1,
    inLane: ({ forConversation }: Given) => forConversation,
    leftLane: () => undefined,
  }
  hub.join(reader)
  hub.enterLane(reader)
  socket.onClose(() => hub.leave(reader))
}

function eventOf(size: number): ChatEvent {
  const seq = (hub.last?.seq ?? 0) + 1
  const text = String.fromCharCode(97 + (seq % 26)).repeat(size)
  return {
    kind: 'MESSAGE_SENT',
    tenantId: 'tenant',
    streamId: 'stream',
    seq,
    position: BigInt(seq),
    message: { text },
  } as never
}

const textOf = (event: ChatEvent): string => ('message' in event ? (event.message?.text ?? '') : '')

async function serveOnWs(): Promise<number> {
  const sockets = wsSocketServer({
    maxFrameBytes: MAX_FRAME_BYTES,
    handleProtocols: (asked) => asked.has(PROTOCOL) && PROTOCOL,
    onSocket: follow,
    logger: createLog('silent'),
  })
  const server = createServer().on('upgrade', sockets.upgrade).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const port =
  process.argv[2] === 'bun'
    ? serveOnBun({ maxFrameBytes: MAX_FRAME_BYTES, protocol: PROTOCOL, onSocket: follow })
    : await serveOnWs()
console.log(`port ${port}`)
