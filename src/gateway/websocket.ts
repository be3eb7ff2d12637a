/** GraphQL over WebSocket (graphql-transport-ws): who connects, what he asks, and how the node lets go of him. */
import type { IncomingMessage } from 'node:http'
import type { ExecutionArgs } from 'graphql'
import { handleProtocols, makeServer } from 'graphql-ws'
import type { Origin } from '../accounts/connections.ts'
import type { Devices } from '../ephemera/devices.ts'
import { SocketDevice } from '../ephemera/socket-device.ts'
import { ChatError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { insistent } from '../moderation/insistence.ts'
import type { RateLimits } from '../moderation/rate-limits.ts'
import type { Addresses } from './addresses.ts'
import type { Admission, Place } from './admission.ts'
import { type Closing, closing, GOING_AWAY, SILENT, TRY_LATER } from './closing.ts'
import type { Connect } from './connection.ts'
import type { Guest } from './drain.ts'
import { type Expose, forClient } from './errors.ts'
import type { Execution } from './execution.ts'
import { Flusher } from './flusher.ts'
import type { Refused } from './operations.ts'
import { Outbox } from './outbox.ts'
import { createPatience } from './patience.ts'
import type { Prepare, Prepared } from './prepare.ts'
import type { Socket } from './socket.ts'
import { SocketConnection, SocketOfLibrary } from './socket-connection.ts'

interface Dependencies {
  connect: Connect
  prepare: Prepare
  admission: Admission
  addresses: Addresses
  execution: Execution
  expose: Expose
  metrics: Metrics
  devices: Devices
  rateLimits: Pick<RateLimits, 'waitMs'>
}

const INIT_PATIENCE_MS = 3_000
/** Until the balancer has noticed that this node goes. */
const DRAINING_RETRY_MS = 1_000

export type Websocket = ReturnType<typeof createWebsocket>

export function createWebsocket({
  connect,
  prepare,
  admission,
  addresses,
  devices,
  rateLimits,
  execution,
  expose,
  metrics,
}: Dependencies) {
  const open = new Set<Outbox>()
  const connections = new Set<SocketConnection>()
  const flusher = new Flusher((frames) => metrics.deliveries.inc(frames))
  let isDraining = false
  const patience = createPatience<SocketConnection>({
    ms: INIT_PATIENCE_MS,
    isOver: ({ outbox }) => outbox.close(SILENT, 'Connection initialisation timeout'),
  })
  const server = makeServer<Record<string, unknown>, SocketConnection>({
    connectionInitWaitTimeout: 0, // ours is one timer for all, and waits for what has come already
    onConnect(context) {
      const { extra, connectionParams } = context
      patience.end(extra)
      Object.assign(context, { connectionParams: undefined }) // the library would keep the token as long as the socket
      return connect(extra, connectionParams)
    },
    onSubscribe({ extra }, id, payload) {
      if (extra.isLeaving) return [expose(new ChatError('SERVICE_UNAVAILABLE', { retryAfterMs: 0 }))]
      const prepared = prepare.ofSocket(extra, { ...payload, id })
      Object.assign(payload, { query: '' }) // the library keeps it as long as the operation; all share what was parsed
      return withPlace(prepared, { outbox: extra.outbox, id })
    },
    execute: (args) => execution.execute(args as ExecutionArgs),
    subscribe: (args) => execution.push(args as ExecutionArgs, (args as Placed).to),
    onOperation: ({ extra }, _id, _payload, _args, result) =>
      isIterator(result) ? extra.entered?.session.guard(result) : undefined,
    onNext: (_context, _id, _payload, _args, result) =>
      result.errors ? { ...result, errors: result.errors.map((error) => forClient(error).toJSON()) } : undefined,
    onError: (_context, _id, _payload, errors) => errors.map((error) => forClient(expose(error)).toJSON()),
  })

  function opened(socket: Socket, request: IncomingMessage): void {
    const place = admission.enter(addresses.countedAs(request))
    const outbox = new Outbox(socket, flusher)
    const refusal = isDraining ? draining() : place.refusal
    const origin = addresses.originOf(request)
    const leave = refusal ? null : serve(socket, outbox, { place, origin })
    open.add(outbox)
    metrics.sockets.set(open.size)
    socket.onClose((code, reason) => {
      open.delete(outbox)
      metrics.sockets.set(open.size)
      place.leave()
      leave?.(code, reason)
    })
    if (refusal) socket.close(refusal.code, refusal.reason)
  }

  /** Answers what ends its operations when it is closed. */
  function serve(
    socket: Socket,
    outbox: Outbox,
    from: { place: Place; origin: Origin },
  ): (code: number, reason: string) => void {
    const connection = new SocketConnection({ outbox, ...from, device: new SocketDevice(devices), refusal, rateLimits })
    connections.add(connection)
    patience.begin(connection)
    const closed = server.opened(new SocketOfLibrary(socket, connection), connection)
    return (code, reason) => {
      connections.delete(connection)
      patience.end(connection)
      connection.isClosed = true
      connection.device.closed()
      connection.entered?.session.leave()
      void closed(code, reason)
    }
  }

  function guest(connection: SocketConnection): Guest {
    return {
      get isGone() {
        return connection.isClosed
      },
      tell: (reconnectAfterMs) => connection.ping({ type: 'drain', reconnectAfterMs }),
      sendAway: () => void sendAway(connection),
    }
  }

  /** What is asked from now on is refused, and may be asked again elsewhere: so that nothing is done whose answer cannot be given. */
  async function sendAway(connection: SocketConnection): Promise<void> {
    connection.isLeaving = true
    await connection.operations.answered()
    connection.outbox.close(GOING_AWAY, JSON.stringify({ retryAfterMs: 0 }))
  }

  const refusal = (refused: Refused) => ({
    id: refused.id,
    type: 'error',
    payload: [forClient(expose(errorOf(refused))).toJSON()],
  })

  return {
    handleProtocols,
    opened,

    /** To every client that listens to protocol pings. */
    tell(payload: object): void {
      for (const connection of connections) if (connection.entered) connection.ping(payload)
    },

    /** Who connects from now on is sent elsewhere, and so is who has not said yet who he is; the others go by turns. */
    drain(): Guest[] {
      isDraining = true
      const { code, reason } = draining()
      for (const { entered, outbox } of connections) if (!entered) outbox.close(code, reason)
      return [...connections].filter(({ entered }) => entered).map(guest)
    },
  }
}

const draining = (): Closing =>
  closing(TRY_LATER, {
    code: 'SERVICE_UNAVAILABLE',
    retryAfterMs: Math.round(DRAINING_RETRY_MS * (0.5 + Math.random())),
  })

function errorOf({ limit, max, retryAfterMs }: Refused): ChatError {
  if (!retryAfterMs)
    return new ChatError('LIMIT_EXCEEDED', { limit, max, message: `At most ${max} operations at once on one socket` })
  return limit === 'earlyRetriesPer10Seconds'
    ? insistent(max, retryAfterMs)
    : new ChatError('RATE_LIMITED', { limit, max, retryAfterMs })
}

const isIterator = (result: object): result is AsyncIterableIterator<never> => Symbol.asyncIterator in result

/** A subscription's events go there, past the library. */
type Placed = ExecutionArgs & { to: { outbox: Outbox; id: string } }

const withPlace = (prepared: Prepared, to: Placed['to']): Placed | Exclude<Prepared, ExecutionArgs> =>
  Array.isArray(prepared) ? prepared : { ...prepared, to }
