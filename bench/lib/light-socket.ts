/** A WebSocket that counts what it gets and reads next to nothing of it: the load must cost less than the server that it loads. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { CLOSE, clientFrame, frameTaker, PING, PONG, TEXT } from './frames.ts'

export interface Greeting {
  /** Where the server is, as http://. */
  url: string
  protocol?: string
  /** What is said, step by step: each when one more frame has come. It is ready when as many have come as there are steps. */
  steps: readonly (readonly string[])[]
}

export interface LightSocketOptions extends Greeting {
  /** Of the loopback: each has ports of its own. */
  localAddress?: string
  /** Each whole frame, from when it is ready; with its text only if `readsText`. */
  onFrame?: (text: string) => void
  readsText?: true
  onClose?: (reason: string) => void
}

export interface LightSocket {
  /** Of the frame that made it ready. */
  readonly greeted: string
  /** In one write. */
  send(texts: readonly string[]): void
  /** Reads nothing any more, as a client that hangs. */
  stall(): void
  bytesRead(): number
  /** At once, without a word. */
  destroy(): void
}

/** For all of them: what comes is looked at before the next can. */
const buffer = Buffer.allocUnsafe(256 * 1_024)
const END_OF_HEAD = Buffer.from('\r\n\r\n')
const SWITCHING = /^HTTP\/1\.1 101 /
const REFUSAL = /"errors"|"type":"error"/

/** Resolves when it is ready. */
export function openLightSocket({
  url,
  protocol,
  steps,
  localAddress,
  onFrame,
  readsText,
  onClose,
}: LightSocketOptions): Promise<LightSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<LightSocket>()
  const { hostname, port, pathname } = new URL(url)
  let isUpgraded = false
  let head = Buffer.alloc(0)
  let said = 0
  let isReady = false
  let why = 'the connection ended'

  const take = frameTaker({
    reads: (opcode) => opcode !== TEXT || !isReady || readsText === true,
    onFrame(opcode, payload) {
      if (opcode === PING) socket.write(clientFrame(PONG, payload ?? Buffer.alloc(0)))
      else if (opcode === CLOSE) why = closing(payload)
      else if (opcode !== TEXT) return
      else if (isReady) onFrame?.(payload ? payload.toString() : '')
      else greet(payload?.toString() ?? '')
    },
  })

  function receive(chunk: Buffer): void {
    if (isUpgraded) take(chunk)
    else beforeUpgrade(chunk)
  }

  function beforeUpgrade(chunk: Buffer): void {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf(END_OF_HEAD)
    if (end < 0) return
    if (!SWITCHING.test(head.toString('latin1'))) {
      socket.destroy(new Error(head.toString()))
      return
    }
    isUpgraded = true
    greet('')
    take(head.subarray(end + END_OF_HEAD.length))
    head = Buffer.alloc(0)
  }

  function greet(text: string): void {
    const step = steps[said++]
    if (REFUSAL.test(text)) socket.destroy(new Error(text))
    else if (step) send(step)
    else {
      isReady = true
      resolve({
        greeted: text,
        send,
        stall: () => void socket.pause(),
        bytesRead: () => socket.bytesRead,
        destroy: () => void socket.destroy(),
      })
    }
  }

  const send = (texts: readonly string[]) =>
    void socket.write(Buffer.concat(texts.map((text) => clientFrame(TEXT, Buffer.from(text)))))

  const socket: Socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: {
      buffer,
      callback(length) {
        receive(buffer.subarray(0, length))
        return true
      },
    },
    ...(localAddress && { localAddress }),
  })
  socket.once('connect', () => {
    const headers = {
      Host: `${hostname}:${port}`,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...(protocol && { 'Sec-WebSocket-Protocol': protocol }),
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`)
  })
  socket.on('error', (error) => {
    why = error.message
  })
  socket.on('close', () => {
    reject(new Error(why))
    onClose?.(why)
  })
  return promise
}

const closing = (payload: Buffer | null): string =>
  payload && payload.length >= 2 ? `closed with ${payload.readUInt16BE(0)} ${payload.toString('utf8', 2)}` : 'closed'
