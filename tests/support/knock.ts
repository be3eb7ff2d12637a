/** Who is let in: the same token, tried over HTTP and over WebSocket. */
import { expect } from 'vitest'
import type { App } from '../../src/app.ts'
import { createActor } from './actor.ts'
import { VIEWER } from './documents.ts'
import type { TransportSocket } from './transport-socket.ts'

/** `open` opens a socket that nobody has been let in by. */
export async function tried({ url }: App, open: () => Promise<TransportSocket>, token: string) {
  const actor = createActor({ id: '', externalId: '', token }, { url, adopt: () => {} })
  const http = await actor.answer(VIEWER)
  const socket = await open()
  socket.send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } })
  const closing = await Promise.race([socket.closed, socket.frames.next().then(({ type }) => type)])
  return { http, socket: closing }
}

/** The same typed reason over both. */
export const refused = (message: string | RegExp) => ({
  http: {
    status: 401,
    data: null,
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'UNAUTHENTICATED', retryable: false } }],
  },
  socket: { code: 4403, reason: expect.stringMatching(message) },
})

/** For `exp`. */
export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds
