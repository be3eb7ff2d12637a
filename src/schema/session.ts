/** How long a socket lasts. */
import { renewSession } from '../resolvers/renew-session.ts'
import { builder } from './builder.ts'
import { Forbidden, InvalidInput, ServiceUnavailable } from './error.ts'

const RenewSessionInput = builder.inputType('RenewSessionInput', {
  description: 'With what.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'A newer token of the same user.' }),
  }),
})
const RenewSessionPayload = builder.objectRef<{ tokenExpiresAt: Date }>('RenewSessionPayload').implement({
  description: 'The socket goes on, and all that runs on it.',
  fields: (t) => ({
    tokenExpiresAt: t.expose('tokenExpiresAt', { type: 'DateTime', description: 'Until when, now.' }),
  }),
})

builder.mutationField('renewSession', (t) =>
  t.field({
    type: RenewSessionPayload,
    description:
      'Renews the token of the WebSocket over which it is asked; repeating it changes nothing. A protocol `ping` with the payload `{"type":"expiring","expiresInMs":n}` comes 60 s before a token ends. When it has ended every operation of the socket ends with `TOKEN_EXPIRED`, nothing but `renewSession` is answered for another 30 s, and then the socket is closed with 4403.',
    args: { input: t.arg({ type: RenewSessionInput, required: true, description: 'With what.' }) },
    errors: { types: [Forbidden, InvalidInput, ServiceUnavailable] },
    resolve: (_, { input }, context) => renewSession(context, input),
  }),
)
