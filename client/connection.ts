/** The connection to the server: one that stays, whatever becomes of its sockets. */
import { answerTo, dataOf } from './ask.ts'
import type { Answer, Connection, ConnectionOptions, DocumentOf, Payload } from './asking.ts'
import { createConnector } from './connector.ts'
import { environment } from './environment.ts'
import { RequestError } from './errors.ts'
import { type Resuming, resuming } from './resuming.ts'
import type { GraphqlError, Socket } from './socket.ts'

export type { Answer, Connection, ConnectionOptions, DocumentOf, Payload, Sink } from './asking.ts'

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

  async function execute<Data>(payload: Payload): Promise<Answer<Data>> {
    if (isClosed) throw closed()
    const socket = connector.socket() ?? (await waiting.promise)
    const answer = answerTo<Data>(socket, payload)
    asked.set(answer, socket)
    try {
      const result = await answer
      const { errors = [] } = result
      if (errors.length === 0) connector.worked()
      if (hasCode(errors, 'SERVICE_UNAVAILABLE')) connector.lookWhetherDegraded()
      if (hasCode(errors, 'TOKEN_EXPIRED', 'UNAUTHENTICATED')) connector.refused()
      return result
    } finally {
      asked.delete(answer)
    }
  }

  return {
    state: connector.state,
    execute,
    async request<Data, Variables>(query: string | DocumentOf<Data, Variables>, variables?: Variables): Promise<Data> {
      return dataOf(await execute<Data>({ query: String(query), variables: { ...variables } }))
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

const hasCode = (errors: readonly GraphqlError[], ...codes: string[]) =>
  errors.some(({ extensions }) => codes.includes(String(extensions?.code)))
const closed = () => new RequestError('CLOSED', 'The chat was closed')
