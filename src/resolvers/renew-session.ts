/** A newer token for the WebSocket over which it is asked, so that it need not be opened again. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'

/** Repeating it changes nothing. */
export async function renewSession(
  { session, parts }: Context,
  input: { token: string },
): Promise<{ tokenExpiresAt: Date }> {
  if (!session)
    throw new ChatError('FORBIDDEN', {
      message: 'renewSession is for a WebSocket that stays open; over HTTP send the new token with each request',
    })
  const tokenExpiresAt = await session.renew(input.token)
  await parts.connections.write() // signing out there is of this token from now on
  return { tokenExpiresAt }
}
