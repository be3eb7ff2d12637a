/** Where a bearer stands: in `Authorization` over HTTP, in connection_init's payload over WebSocket. */
import type { Identify } from '../accounts/identify.ts'
import type { Caller } from '../model.ts'

/** null without a bearer: introspection and `limits` answer all the same. Throws UNAUTHENTICATED or SERVICE_UNAVAILABLE. */
export async function callerOf(identify: Identify, authorization: unknown): Promise<Caller | null> {
  const bearer = typeof authorization === 'string' ? /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] : undefined
  return bearer ? identify(bearer) : null
}

/** Header names have no case, and clients write this one either way into connection_init. */
export function authorizationIn(payload: Readonly<Record<string, unknown>> | undefined): unknown {
  return payload?.Authorization ?? payload?.authorization
}
