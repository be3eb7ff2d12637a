/** The other end of such a socket, and the program that serves it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Command } from './serve.ts'

export interface Serve {
  program: string
  args: string[]
}

/** Resolves with its address once it listens. */
export async function serve({ program, args }: Serve): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [told] = await once(child.stdout, 'data')
  return { process: child, url: `ws://127.0.0.1:${/port (\d+)/.exec(String(told))?.[1]}` }
}

export type Client = Awaited<ReturnType<typeof openClient>>

export async function openClient(url: string, protocols = ['graphql-transport-ws']) {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false })
  const texts: string[] = []
  let more = () => {}
  let isOver = false
  socket.on('message', (data) => {
    texts.push(String(data))
    more()
  })
  socket.on('error', () => {}) // a frame that is none: `close` follows
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      isOver = true
      more()
      resolve({ code, reason: String(reason) })
    })
  })
  await once(socket, 'open')
  return {
    socket,
    texts,
    closed,
    send: (command: Command) => socket.send(JSON.stringify(command)),
    /** Fewer only when the socket is closed before. */
    async take(count: number): Promise<string[]> {
      while (texts.length < count && !isOver) await new Promise<void>((resolve) => (more = resolve))
      return texts.splice(0, count)
    },
  }
}

export const letterOf = (n: number): string => String.fromCharCode(97 + (n % 26))

/** All that was sent before has been handled, and other frames have been written meanwhile. */
export async function roundTrips(witness: Client): Promise<void> {
  for (let i = 0; i < 40; i++) {
    witness.send({ write: [{ head: '', fill: ['!', 200_000] }] })
    await witness.take(1)
  }
}

/** Eight sockets that do not read, far past what the kernel holds: how many of their messages came broken, or not at all, once they do. */
export async function brokenWhenStalled(url: string): Promise<number> {
  const [writes, size] = [80, 100_000]
  const clients = await Promise.all(Array.from({ length: 8 }, () => openClient(url)))
  for (const { socket } of clients) socket.pause()
  for (let i = 0; i < writes; i++)
    for (const [n, { send }] of clients.entries()) send({ write: [{ head: `${i} `, fill: [letterOf(n + i), size] }] })
  const witness = await openClient(url)
  await roundTrips(witness)
  for (const { socket } of clients) socket.resume()
  let broken = 0
  for (const [n, { take, socket }] of clients.entries()) {
    const texts = await take(writes)
    for (let i = 0; i < writes; i++) if (texts[i] !== `${i} ${letterOf(n + i).repeat(size)}`) broken++
    socket.terminate()
  }
  witness.socket.terminate()
  return broken
}

/**
 * Eight followers of a hub that do not read, until it has given far more than the kernel holds: how many of the frames that reach them are broken or another's.
 * Once too much waits they are given nothing more.
 */
export async function brokenFollowers(url: string): Promise<number> {
  const [bursts, events, size] = [40, 100, 2_000]
  const clients = await Promise.all(Array.from({ length: 8 }, () => openClient(url)))
  for (const [n, { send, take, socket }] of clients.entries()) {
    send({ join: `follower ${n}` })
    send({ tell: 'backlog' })
    await take(1)
    socket.pause()
  }
  const witness = await openClient(url)
  for (let i = 0; i < bursts; i++) {
    witness.send({ offer: events, size })
    witness.send({ write: [{ head: '', fill: ['!', 200_000] }] })
    await witness.take(1)
  }
  for (const { socket } of clients) socket.resume()
  let broken = 0
  const deadline = Date.now() + 10_000
  for (const [n, { send, texts, socket }] of clients.entries()) {
    send({ tell: 'backlog' })
    const isTold = () => texts.some((text) => text.startsWith('{"buffered"')) // what was given last may come after it
    while (!isTold() && socket.readyState === WebSocket.OPEN && Date.now() < deadline) await turn()
    if (!isTold()) broken++ // a frame whose length is wrong takes in all that follows
    const frames = texts.filter((text) => !text.startsWith('{"buffered"'))
    broken += frames.filter((text) => !isWhole(text, `follower ${n}`, size)).length
    socket.terminate()
  }
  witness.socket.terminate()
  return broken
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

function isWhole(text: string, id: string, size: number): boolean {
  try {
    const { id: own, payload } = JSON.parse(text)
    return own === id && payload.data.text === letterOf(payload.data.seq).repeat(size)
  } catch {
    return false
  }
}
