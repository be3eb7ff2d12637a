/** A socket from its opening on: its place on the node, and, once it has said whose it is, the session and the limits that hold for it. */
import type { Identify } from '../accounts/identify.ts'
import type { Tenants } from '../accounts/tenants.ts'
import { ChatError } from '../errors.ts'
import { type Limits, limitsOf } from '../limits.ts'
import type { Caller } from '../model.ts'
import type { Place } from './admission.ts'
import { authorizationIn, callerOf } from './auth.ts'
import { type Closing, closing, FORBIDDEN, TRY_LATER } from './closing.ts'
import type { Operations } from './operations.ts'
import type { Session, Sessions } from './sessions.ts'
import type { Socket } from './socket.ts'

export interface Connection {
  socket: Socket
  place: Place
  isClosed: boolean
  /** null until connection_init was accepted. */
  entered: Entered | null
  operations: Operations
}

export interface Entered {
  session: Session
  /** As they were when it entered; so is the other. */
  limits: Limits
  trustedDocumentsOnly: boolean
}

interface Dependencies {
  identify: Identify
  tenants: Tenants
  sessions: Sessions
}

export type Connect = ReturnType<typeof createConnect>

export function createConnect({ identify, tenants, sessions }: Dependencies) {
  /** No token is no fault: introspection and `limits` answer without. A bad one is told before the acknowledgement. */
  async function admit(connection: Connection, params: Readonly<Record<string, unknown>> | undefined) {
    const { place, socket } = connection
    const tooMany = place.connect()
    if (tooMany) return tooMany
    const caller = await callerOf(identify, authorizationIn(params))
    const tenant = caller && (await tenants.byId(caller.tenantId))
    const limits = limitsOf(tenant)
    const refusal = caller && place.name(nameOf(caller), caller.kind === 'USER' ? limits.socketsPerUser : Infinity)
    if (refusal || connection.isClosed) return refusal
    const session = sessions.enter(caller, {
      ping: (payload) => void socket.write([JSON.stringify({ type: 'ping', payload })]),
      close: ({ code, reason }) => socket.close(code, reason),
    })
    const trustedDocumentsOnly = caller?.kind === 'USER' && tenant?.trustedDocumentsOnly === true
    connection.entered = { session, limits, trustedDocumentsOnly }
    return null
  }

  /** false: it was told why, and closed. */
  return async (connection: Connection, params: Readonly<Record<string, unknown>> | undefined): Promise<boolean> => {
    const refusal = await admit(connection, params).catch(refusalOf)
    if (refusal) connection.socket.close(refusal.code, refusal.reason)
    return refusal === null
  }
}

const nameOf = (caller: Caller): string =>
  caller.kind === 'USER' ? `${caller.tenantId} ${caller.userId}` : `${caller.tenantId} ${caller.keyId}`

function refusalOf(error: unknown): Closing {
  const code = error instanceof ChatError ? error.code : 'INTERNAL'
  return code === 'UNAUTHENTICATED'
    ? closing(FORBIDDEN, { code, message: (error as Error).message })
    : closing(TRY_LATER, { code, retryAfterMs: 1_000 })
}
