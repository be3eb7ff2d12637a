/** A socket from its opening on: its place on the node, and, once it has said whose it is, the session and the limits that hold for it. */
import type { GraphQLError } from 'graphql'
import type { Origin } from '../accounts/connections.ts'
import type { Identify } from '../accounts/identify.ts'
import type { Tenants } from '../accounts/tenants.ts'
import type { SocketDevice } from '../ephemera/socket-device.ts'
import { type ErrorCode, RETRY_AFTER_MS } from '../errors.ts'
import { type Limits, limitsOf } from '../limits.ts'
import type { Caller, UserName } from '../model.ts'
import type { Place } from './admission.ts'
import { authorizationIn, callerOf } from './auth.ts'
import { type Closing, closing, FORBIDDEN, TRY_LATER } from './closing.ts'
import type { Expose } from './errors.ts'
import type { Operations } from './operations.ts'
import type { Outbox } from './outbox.ts'
import type { Peer, Session, Sessions } from './sessions.ts'

export interface Connection extends Peer {
  outbox: Outbox
  place: Place
  device: SocketDevice
  origin: Origin
  isClosed: boolean
  /** Nothing more may be asked: it is about to be sent elsewhere. */
  isLeaving: boolean
  /** null until connection_init was accepted. */
  entered: Entered | null
  operations: Operations
}

export interface Entered {
  session: Session
  /** From which it came. */
  address: string
  /** As they were when it entered; so is the other. */
  limits: Readonly<Limits>
  trustedDocumentsOnly: boolean
}

interface Dependencies {
  identify: Identify
  tenants: Tenants
  sessions: Sessions
  expose: Expose
}

interface Asking {
  authorization: unknown
  peer: Peer | null
  origin: Origin
}

export type Enter = ReturnType<typeof createEnter>
export type Connect = ReturnType<typeof createConnect>

/** Whoever takes a place on this node and says whose it is: his session, or why he may not have one. */
export function createEnter({ identify, tenants, sessions, expose }: Dependencies) {
  async function admit(place: Place, { authorization, peer, origin }: Asking): Promise<Entered | Closing> {
    const tooMany = place.refusal ?? place.connect()
    if (tooMany) return tooMany
    const caller = await callerOf(identify, authorization)
    const tenant = caller && (await tenants.byId(caller.tenantId))
    const limits = limitsOf(tenant)
    const refusal = caller && place.name(nameOf(caller), caller.kind === 'USER' ? limits.socketsPerUser : Infinity)
    if (refusal) return refusal
    const trustedDocumentsOnly = caller?.kind === 'USER' && tenant?.trustedDocumentsOnly === true
    return { session: sessions.enter(caller, peer, origin), address: place.address, limits, trustedDocumentsOnly }
  }

  return (place: Place, asking: Asking): Promise<Entered | Closing> =>
    admit(place, asking).catch((error) => refusalOf(expose(error)))
}

/** At connection_init. No token is no fault: introspection and `limits` answer without. A bad one is told before the acknowledgement. */
export function createConnect(enter: Enter) {
  /** false: it was told why, and closed. */
  return async (connection: Connection, params: Readonly<Record<string, unknown>> | undefined): Promise<boolean> => {
    const { place, device, origin } = connection
    const entered = await enter(place, { authorization: authorizationIn(params), peer: connection, origin })
    if ('reason' in entered) connection.close(entered)
    else if (connection.isClosed) entered.session.leave()
    else {
      connection.entered = entered
      device.acknowledged(entered.session.caller)
    }
    return connection.entered !== null
  }
}

/** A server key counts as a user of its own. */
const nameOf = (caller: Caller): UserName =>
  caller.kind === 'USER' ? caller : { tenantId: caller.tenantId, userId: caller.keyId }

function refusalOf({ message, extensions }: GraphQLError): Closing {
  const code = extensions.code as ErrorCode | 'INTERNAL'
  return code === 'UNAUTHENTICATED' || code === 'TENANT_SUSPENDED'
    ? closing(FORBIDDEN, { code, message })
    : closing(TRY_LATER, { code, retryAfterMs: RETRY_AFTER_MS })
}
