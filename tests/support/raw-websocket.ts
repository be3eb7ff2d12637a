/** A WebSocket byte by byte: what a client library would not send, and one that does not answer a close. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { createQueue } from './queue.ts'

const OPCODES = { text: 1, binary: 2, close: 8 } as const

export interface RawWebsocket {
  /** The first line of the answer to the upgrade. */
  status: string
  head: string
  /** As it is. */
  write(bytes: Buffer): void
  text(payload: string): void
  /** The next frame that came, texts as they are, a close with its code before the reason. */
  next(): Promise<string>
  /** Resolves when the connection is gone. */
  ended: Promise<void>
  destroy(): void
}

interface Options {
  /** Written before the upgrade, in the same write. */
  before?: Buffer
  headers?: string[]
}

/** Resolves when the upgrade is answered, or the connection ended without. */
export async function openRawWebsocket(url: string, { before, headers = [] }: Options = {}): Promise<RawWebsocket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const frames = createQueue<string>('the raw socket')
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => {}) // `close` follows
  let bytes = Buffer.alloc(0)
  let head: string | null = null
  const answered = new Promise<void>((resolve) => {
    void ended.then(resolve)
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const end = bytes.indexOf('\r\n\r\n')
      if (head === null && end < 0) return
      if (head === null) {
        head = bytes.subarray(0, end).toString()
        bytes = bytes.subarray(end + 4)
        resolve()
      }
      for (let frame = firstFrame(bytes); frame; frame = firstFrame(bytes)) {
        bytes = bytes.subarray(frame.length)
        frames.push(frame.text)
      }
    })
  })
  void ended.then(() => frames.end('the connection is gone'))
  await once(socket, 'connect')
  const lines = [
    'GET /graphql HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    ...headers,
  ]
  socket.write(Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)]))
  await answered
  return {
    head: head ?? '',
    status: String(head ?? '').split('\r\n')[0] ?? '',
    write: (raw) => void socket.write(raw),
    text: (payload) => void socket.write(frameOf('text', Buffer.from(payload))),
    next: () => frames.next(),
    ended,
    destroy: () => void socket.destroy(),
  }
}

/** As a client must send it, or without the mask. */
export function frameOf(kind: keyof typeof OPCODES, payload: Buffer, { masked = true } = {}): Buffer {
  const size =
    payload.length < 126 ? Buffer.from([payload.length]) : Buffer.from([126, payload.length >> 8, payload.length & 255])
  const mask = Buffer.from([1, 2, 3, 4])
  size[0] = (size[0] ?? 0) | (masked ? 128 : 0)
  const body = masked ? Buffer.from(payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0))) : payload
  return Buffer.concat([Buffer.from([128 | OPCODES[kind]]), size, masked ? mask : Buffer.alloc(0), body])
}

/** Of a server: never masked. null until it is whole. */
function firstFrame(bytes: Buffer): { text: string; length: number } | null {
  if (bytes.length < 2) return null
  const [first = 0, second = 0] = bytes
  const long = second === 126
  if (long && bytes.length < 4) return null
  const [from, size] = long ? [4, bytes.readUInt16BE(2)] : [2, second]
  if (bytes.length < from + size) return null
  const payload = bytes.subarray(from, from + size)
  const isClose = (first & 15) === OPCODES.close
  return { text: isClose ? `${payload.readUInt16BE(0)} ${payload.subarray(2)}` : String(payload), length: from + size }
}
