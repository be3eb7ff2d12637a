/** Where you are signed in, and signing out. */
import { encodeId } from '../lib/ids.ts'
import type { OwnConnection } from '../resolvers/connections.ts'
import { signOut, signOutEverywhere } from '../resolvers/sign-out.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { Forbidden, IdempotencyConflict, NotFound, RateLimited, ServiceUnavailable } from './error.ts'

/** Not called a connection: Relay has that word for pages of lists. */
export const SignedIn = builder.objectRef<OwnConnection>('SignedIn').implement({
  description: 'A socket or event stream of yours; you alone see it.',
  fields: (t) => ({
    id: t.id({ description: 'For `signOut`.', resolve: ({ id }) => encodeId('connection', id) }),
    isOpen: t.exposeBoolean('isOpen', { description: 'Whether it is open, on whatever node.' }),
    isThisOne: t.exposeBoolean('isThisOne', { description: 'Whether it is the one over which you ask.' }),
    userAgent: t.exposeString('userAgent', {
      nullable: true,
      description: 'What the browser or app said that it is.',
    }),
    network: t.string({
      description: 'From which network, rounded: 203.0.113.0/24. Empty where it is not known.',
      resolve: ({ address }) => address,
    }),
    openedAt: t.expose('openedAt', { type: 'DateTime', description: 'Since when.' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description: 'When it was there last: of an open one up to some seconds ago, else when it was closed.',
    }),
  }),
})

const SignOutInput = builder.inputType('SignOutInput', {
  description: 'Where.',
  fields: (t) => ({
    connectionId: t.id({ required: true, description: 'As in `viewer { connections }`.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const SignOutPayload = builder.objectRef<{ connectionId: string }>('SignOutPayload').implement({
  description: 'Its token is refused from now on.',
  fields: (t) => ({ connectionId: t.exposeID('connectionId', { description: 'Where.' }) }),
})

const SignOutEverywhereInput = builder.inputType('SignOutEverywhereInput', {
  description: 'Whom.',
  fields: (t) => ({
    userId: t.id({ description: 'Of a server key: whom. You, unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const SignOutEverywherePayload = builder.objectRef<{ userId: string }>('SignOutEverywherePayload').implement({
  description: 'Tokens that were issued before are refused from now on.',
  fields: (t) => ({ userId: t.exposeID('userId', { description: 'Who.' }) }),
})

builder.mutationFields((t) => ({
  signOut: t.field({
    type: SignOutPayload,
    description:
      'Signs you out in one place: the token that was used there is refused from now on, and all that was opened with it ends within a second. SignedOut comes in `feed` before.',
    args: { input: t.arg({ type: SignOutInput, required: true, description: 'Where.' }) },
    errors: { types: [NotFound, Forbidden, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => signOut(context, input),
  }),
  signOutEverywhere: t.field({
    type: SignOutEverywherePayload,
    description:
      'Signs you out everywhere, here too: every token that was issued before this moment, or does not say when, is refused from now on, and all that is open ends within a second. A server key of scope `users:write` does it to a user.',
    args: { input: t.arg({ type: SignOutEverywhereInput, required: true, description: 'Whom.' }) },
    errors: { types: [NotFound, Forbidden, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => signOutEverywhere(context, input),
  }),
}))
