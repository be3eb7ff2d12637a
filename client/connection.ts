/** The connection to the server: one that stays, whatever becomes of its sockets. */
import { ask } from './ask.ts'
import type { Connection, ConnectionOptions, DocumentOf } from './asking.ts'
import { createConnector } from './connector.ts'
import { environment } from './environment.ts'
import { RequestError } from './errors.ts'
import { type Resuming, resuming } from './resuming.ts'
import type { Socket } from './socket.ts'

export type { Connection, ConnectionOptions, DocumentOf, Payload, Sink } from './asking.ts'

/** After another socket has opened, what runs on the one before is given so long to move or be answered. */
const MOVE_MS = 5_000

export function createConnection(options: ConnectionOptions): Connection {
  const world = { ...options, ...environment(options) } satisfies ConnectionOptions
  const running = new Set<Resuming>()
  const asked = new Map<Promise<unknown>, Socket>()
  let waiting = Promise.withResolvers<Socket>()
  let isClosed = false

  const connector = createConnector(world, (socket, previous) => {
    waiting.resolve(socket)
    waiting = Promise.withResolvers()
    const moved = [...running].map((each) => each.begin(socket))
    if (previous) void retire(previous, moved)
  })

  /** Make before break: it ends when all that ran on it runs elsewhere, and what was asked over it is answered. */
  async function retire(previous: Socket, moved: Promise<void>[]): Promise<void> {
    const answers = [...asked].flatMap(([answer, socket]) => (socket === previous ? [answer] : []))
    const limit = Promise.withResolvers<void>()
    const timer = world.clock.setTimeout(limit.resolve, MOVE_MS)
    await Promise.race([Promise.allSettled([...moved, ...answers]), limit.promise])
    world.clock.clearTimeout(timer)
    previous.close()
  }

  return {
    state: connector.state,
    async request<Data, Variables>(query: string | DocumentOf<Data, Variables>, variables?: Variables): Promise<Data> {
      if (isClosed) throw closed()
      const socket = connector.socket() ?? (await waiting.promise)
      const answer = ask<Data>(socket, { query: String(query), variables: { ...variables } })
      asked.set(answer, socket)
      try {
        const data = await answer
        connector.worked()
        return data
      } catch (error) {
        if (isOf(error, 'SERVICE_UNAVAILABLE')) connector.lookWhetherDegraded()
        if (isOf(error, 'TOKEN_EXPIRED', 'UNAUTHENTICATED')) connector.refused()
        throw error
      } finally {
        asked.delete(answer)
      }
    },
    subscribe(payload, sink) {
      const own = resuming(payload, sink, {
        clock: world.clock,
        refused: connector.refused,
        worked: connector.worked,
        ended: () => running.delete(own),
      })
      running.add(own)
      const socket = connector.socket()
      if (socket) void own.begin(socket)
      return own.stop
    },
    reconnect: connector.reconnect,
    close() {
      isClosed = true
      for (const each of running) each.stop()
      connector.close()
      waiting.promise.catch(() => {}) // nobody may wait
      waiting.reject(closed())
    },
  }
}

const isOf = (error: unknown, ...codes: string[]) => error instanceof RequestError && codes.includes(error.code)
const closed = () => new RequestError('CLOSED', 'The chat was closed')
