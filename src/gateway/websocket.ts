/** GraphQL over WebSocket (graphql-transport-ws): who connects, what he asks, and how the node lets go of him. */
import { type ExecutionArgs, GraphQLError } from 'graphql'
import { handleProtocols, makeServer, type Context as SocketContext, type SubscribePayload } from 'graphql-ws'
import type { Identify } from '../accounts/identify.ts'
import type { Devices } from '../ephemera/devices.ts'
import { type SocketDevice, socketDevice } from '../ephemera/socket-device.ts'
import { ChatError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import type { Caller } from '../model.ts'
import { authorizationIn, callerOf } from './auth.ts'
import { type Expose, forClient } from './errors.ts'
import type { Execution } from './execution.ts'
import type { Graphql } from './graphql.ts'
import type { Socket } from './socket.ts'

interface Extra {
  socket: Socket
  caller: Caller | null
  device: SocketDevice
}

interface Dependencies {
  identify: Identify
  graphql: Graphql
  execution: Execution
  expose: Expose
  metrics: Metrics
  devices: Devices
}

const INIT_PATIENCE_MS = 3_000
/** Of the codes that the graphql-ws client takes up again: the node goes, or cannot serve just now. */
const [GOING_AWAY, TRY_LATER] = [1012, 1013]

export type Websocket = ReturnType<typeof createWebsocket>

export function createWebsocket({ identify, graphql, execution, expose, metrics, devices }: Dependencies) {
  const open = new Set<Socket>()
  let isDraining = false
  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_PATIENCE_MS,
    onConnect: (context) => connect(identify, context),
    onSubscribe: ({ extra }, _id, payload) =>
      isDraining
        ? [expose(new ChatError('SERVICE_UNAVAILABLE', { retryAfterMs: 0 }))]
        : prepare(graphql, expose, extra, payload),
    execute: (args) => execution.execute(args as ExecutionArgs),
    subscribe: (args) => execution.subscribe(args as ExecutionArgs),
    onNext: (_context, _id, _payload, _args, result) =>
      result.errors ? { ...result, errors: result.errors.map((error) => forClient(error).toJSON()) } : undefined,
    onError: (_context, _id, _payload, errors) => errors.map((error) => forClient(expose(error)).toJSON()),
  })

  return {
    handleProtocols,

    opened(socket: Socket): void {
      open.add(socket)
      metrics.sockets.set(open.size)
      const device = socketDevice(devices)
      const closed = server.opened(
        {
          protocol: socket.protocol,
          send: (text) => socket.write([text]),
          close: (code = 1000, reason = '') => socket.close(code, reason),
          onMessage: (handle) => socket.onMessage(handle),
        },
        { socket, caller: null, device },
      )
      socket.onClose((code, reason) => {
        open.delete(socket)
        device.closed()
        metrics.sockets.set(open.size)
        void closed(code, reason)
      })
    },

    /** What is asked from now on is refused, and may be asked again elsewhere: so that nothing is done whose answer cannot be given. */
    drain(): void {
      isDraining = true
    },

    /** Every client comes back, to another node or to this one's successor. */
    goAway(): void {
      for (const socket of open) socket.close(GOING_AWAY, JSON.stringify({ retryAfterMs: 0 }))
    },
  }
}

/** No token is no fault: introspection and `limits` answer without. A bad one is told before the acknowledgement. */
async function connect(
  identify: Identify,
  { connectionParams, extra }: SocketContext<Record<string, unknown>, Extra>,
): Promise<boolean> {
  try {
    extra.caller = await callerOf(identify, authorizationIn(connectionParams))
    extra.device.acknowledged(extra.caller)
    return true
  } catch (error) {
    const code = error instanceof ChatError ? error.code : 'INTERNAL'
    if (code === 'UNAUTHENTICATED') extra.socket.close(4403, closeReason(code, (error as Error).message))
    else extra.socket.close(TRY_LATER, JSON.stringify({ code, retryAfterMs: 1_000 }))
    return false
  }
}

/** A close frame holds 123 bytes of reason. */
function closeReason(code: string, message: string): string {
  const full = JSON.stringify({ code, message })
  return Buffer.byteLength(full) <= 123 ? full : JSON.stringify({ code })
}

function prepare(
  graphql: Graphql,
  expose: Expose,
  extra: Extra,
  { query, variables, operationName }: SubscribePayload,
): ExecutionArgs | GraphQLError[] {
  try {
    const { schema, parse, validate, context } = graphql.forSocket(extra)
    const document = parse(query)
    const faults = validate(schema, document)
    return faults.length
      ? [...faults]
      : { schema, document, variableValues: variables, operationName, contextValue: context }
  } catch (error) {
    return [error instanceof GraphQLError ? error : expose(error)]
  }
}
