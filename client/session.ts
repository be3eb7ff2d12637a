/** What a connection asks for itself. */
import { ask } from './ask.ts'
import { RequestError } from './errors.ts'
import type { Socket } from './socket.ts'

const RENEW = 'mutation Renew($input: RenewSessionInput!) { renewSession(input: $input) { __typename } }'
const DEGRADED = '{ limits { degraded } }'

/** A newer token for a socket that stays open. Rejects where it is not taken. */
export async function renewSession(socket: Socket, token: string): Promise<void> {
  type Answer = { renewSession: { __typename: string } }
  const { renewSession } = await ask<Answer>(socket, { query: RENEW, variables: { input: { token } } })
  if (renewSession.__typename !== 'RenewSessionPayload') throw new RequestError('UNAUTHENTICATED', 'It was not renewed')
}

/** Whether the server says that its database is away; false where it cannot say. */
export function asksForPatience(socket: Socket): Promise<boolean> {
  return ask<{ limits: { degraded: boolean } }>(socket, { query: DEGRADED }).then(
    ({ limits }) => limits.degraded,
    () => false,
  )
}
