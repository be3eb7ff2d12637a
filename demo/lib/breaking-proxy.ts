/** Stands between readers and server, and spoils one event of a conversationEvents stream: a verdict that lets this pass is worth nothing. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

export const breakages = ['skip-event', 'repeat', 'reorder', 'preview', 'early'] as const
export type Breakage = (typeof breakages)[number]

/** What becomes of two neighbours; `first` is the first event that anybody was given. */
const spoil: Record<Breakage, (one: string, next: string, first: string) => string[]> = {
  'skip-event': (_one, next) => [next],
  repeat: (one, next) => [one, one, next],
  reorder: (one, next) => [next, one],
  preview: (one, next) => [withOtherPreview(one), next],
  early: (one, next, first) => [one, first, next],
}

const PROTOCOL = 'graphql-transport-ws'

interface Plan {
  breakage: Breakage
  /** So many good events come before. */
  intact: number
  /** Of the reader who joined in the middle: only to him is anything early. */
  lateToken: string
}

/** Answers its own URL. */
export async function startBreakingProxy(target: string, { breakage, intact, lateToken }: Plan): Promise<string> {
  const upstreamUrl = new URL('/graphql', target.replace(/^http/, 'ws'))
  const proxy = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => PROTOCOL })
  let passed = 0
  let isSpoiled = false
  let first: string | null = null

  proxy.on('connection', (client) => {
    const upstream = new WebSocket(upstreamUrl, PROTOCOL)
    const opened = once(upstream, 'open').catch(() => null) // the client is told by its own connection's end
    let isLate = false
    let isVictim = false
    let held: string | null = null

    client.on('message', async (data) => {
      isLate ||= String(data).includes(lateToken)
      isVictim ||= String(data).includes('conversationEvents') && (breakage !== 'early' || isLate)
      await opened
      upstream.send(String(data))
    })
    upstream.on('message', (data) => {
      const frame = String(data)
      if (isEvent(frame)) first ??= frame
      if (!isVictim || !isEvent(frame)) client.send(frame)
      else if (held !== null) {
        for (const spoiled of spoil[breakage](held, frame, first ?? frame)) client.send(spoiled)
        held = null
        client.ping()
      } else if (!isSpoiled && passed++ >= intact && isSpoilable(frame, breakage)) {
        isSpoiled = true
        held = frame
        // Only who is still there answers the ping. A reader that was cut before he had both neighbours has not been
        // told anything wrong: then the next one is.
        client.once('pong', () => client.off('close', again))
        client.once('close', again)
      } else client.send(frame)
    })
    client.on('close', () => upstream.terminate())
    upstream.on(
      'close',
      (code, reason) => client.readyState === WebSocket.OPEN && client.close(closeCode(code), reason),
    )
    for (const socket of [client, upstream]) socket.on('error', () => socket.terminate())
  })

  const again = () => {
    isSpoiled = false
  }
  await once(proxy, 'listening')
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

function isEvent(frame: string): boolean {
  return frame.includes('"type":"next"') && frame.includes('"__typename":"MessageSent"')
}

const isSpoilable = (frame: string, breakage: Breakage): boolean => breakage !== 'preview' || isReply.test(frame)

const isReply = /"replyTo":\{"id":"[^"]+","text":"/

const withOtherPreview = (frame: string): string => frame.replace(isReply, (start) => `${start}spoiled `)

/** 1006 and its like are never sent. */
const closeCode = (code: number): number => (code >= 1004 && code <= 1006 ? 1011 : code)
