/** GraphQL over WebSocket (graphql-transport-ws): who connects, what he asks, and how the node lets go of him. */
import type { IncomingMessage } from 'node:http'
import type { ExecutionArgs } from 'graphql'
import { handleProtocols, makeServer } from 'graphql-ws'
import type { Devices } from '../ephemera/devices.ts'
import { socketDevice } from '../ephemera/socket-device.ts'
import { ChatError } from '../errors.ts'
import { limitsOf } from '../limits.ts'
import type { Metrics } from '../metrics.ts'
import type { Addresses } from './addresses.ts'
import type { Admission, Place } from './admission.ts'
import { GOING_AWAY } from './closing.ts'
import type { Connect, Connection } from './connection.ts'
import { type Expose, forClient } from './errors.ts'
import type { Execution } from './execution.ts'
import { createOperations, type Refused } from './operations.ts'
import { Flusher, Outbox } from './outbox.ts'
import type { Prepare, Prepared } from './prepare.ts'
import type { Socket } from './socket.ts'

interface Dependencies {
  connect: Connect
  prepare: Prepare
  admission: Admission
  addresses: Addresses
  execution: Execution
  expose: Expose
  metrics: Metrics
  devices: Devices
}

const INIT_PATIENCE_MS = 3_000
const DEFAULT_LIMITS = limitsOf(null)

export type Websocket = ReturnType<typeof createWebsocket>

export function createWebsocket({
  connect,
  prepare,
  admission,
  addresses,
  devices,
  execution,
  expose,
  metrics,
}: Dependencies) {
  const open = new Set<Outbox>()
  const flusher = new Flusher((frames) => metrics.deliveries.inc(frames))
  let isDraining = false
  const server = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: INIT_PATIENCE_MS,
    onConnect(context) {
      const { extra, connectionParams } = context
      Object.assign(context, { connectionParams: undefined }) // the library would keep the token as long as the socket
      return connect(extra, connectionParams)
    },
    onSubscribe({ extra }, id, payload) {
      if (isDraining) return [expose(new ChatError('SERVICE_UNAVAILABLE', { retryAfterMs: 0 }))]
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
    const place = admission.enter(addresses.of(request))
    const outbox = new Outbox(socket, flusher)
    const leave = place.refusal ? null : serve(socket, outbox, place)
    open.add(outbox)
    metrics.sockets.set(open.size)
    socket.onClose((code, reason) => {
      open.delete(outbox)
      metrics.sockets.set(open.size)
      place.leave()
      leave?.(code, reason)
    })
    if (place.refusal) socket.close(place.refusal.code, place.refusal.reason)
  }

  /** Answers what ends its operations when it is closed. */
  function serve(socket: Socket, outbox: Outbox, place: Place): (code: number, reason: string) => void {
    let pass = async (_message: unknown): Promise<void> => undefined
    const operations = createOperations({
      limits: () => connection.entered?.limits ?? DEFAULT_LIMITS,
      isAcknowledged: () => connection.entered !== null,
      pass: (message) => pass(message),
      refuse: async (refused) => outbox.addText(JSON.stringify(refusal(refused))),
      close: ({ code, reason }) => outbox.close(code, reason),
    })
    const device = socketDevice(devices)
    const connection: Connection = { outbox, place, device, operations, isClosed: false, entered: null }
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send(text) {
          outbox.addText(text)
          return outbox.whenOpen()
        },
        close: (code = 1000, reason = '') => outbox.close(code, reason),
        onMessage(handle) {
          pass = handle as typeof pass // it takes what is parsed already, too
          socket.onMessage(operations.handle)
        },
      },
      connection,
    )
    return (code, reason) => {
      connection.isClosed = true
      device.closed()
      connection.entered?.session.leave()
      void closed(code, reason)
    }
  }

  function refusal({ id, limit, max, retryAfterMs }: Refused) {
    const error = retryAfterMs
      ? new ChatError('RATE_LIMITED', { limit, max, retryAfterMs })
      : new ChatError('LIMIT_EXCEEDED', { limit, max, message: `At most ${max} operations at once on one socket` })
    return { id, type: 'error', payload: [forClient(expose(error)).toJSON()] }
  }

  return {
    handleProtocols,
    opened,

    /** What is asked from now on is refused, and may be asked again elsewhere: so that nothing is done whose answer cannot be given. */
    drain(): void {
      isDraining = true
    },

    /** Every client comes back, to another node or to this one's successor. */
    goAway(): void {
      for (const outbox of open) outbox.close(GOING_AWAY, JSON.stringify({ retryAfterMs: 0 }))
    },
  }
}

const isIterator = (result: object): result is AsyncIterableIterator<never> => Symbol.asyncIterator in result

/** A subscription's events go there, past the library. */
type Placed = ExecutionArgs & { to: { outbox: Outbox; id: string } }

const withPlace = (prepared: Prepared, to: Placed['to']): Placed | Exclude<Prepared, ExecutionArgs> =>
  Array.isArray(prepared) ? prepared : { ...prepared, to }
