/** Guests: of one conversation, by a customer's server key. */
import type { User as UserShape } from '../model.ts'
import { createGuest, type NewGuest } from '../resolvers/create-guest.ts'
import { upgradeGuest } from '../resolvers/upgrade-guest.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  RateLimited,
  ServiceUnavailable,
  StaleWrite,
} from './error.ts'
import { User } from './refs.ts'

const CreateGuestInput = builder.inputType('CreateGuestInput', {
  description: 'Who, where, and for how long.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The one conversation that he may enter.' }),
    name: t.string({ required: true, description: 'The name to show.' }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture to show.' }),
    ttlSeconds: t.int({ required: true, description: 'How long his token is good, from 60 to 86400 seconds.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const CreateGuestPayload = builder.objectRef<NewGuest>('CreateGuestPayload').implement({
  description: 'He is a member with the role GUEST. Hand the token to his client.',
  fields: (t) => ({
    user: t.field({ type: User, description: 'The guest.', resolve: ({ user }) => user }),
    token: t.exposeString('token', { description: 'For `Authorization: Bearer …`, or `connection_init`.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends; `createToken` with his `externalId` makes another one.',
    }),
  }),
})

const UpgradeGuestInput = builder.inputType('UpgradeGuestInput', {
  description: 'Who, and as whom the customer knows him from now on.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'The guest.' }),
    externalId: t.string({ required: true, description: 'The customer’s own id: the `sub` of his tokens.' }),
    name: t.string({ description: 'The name to show; as it is unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const UpgradeGuestPayload = builder.objectRef<{ user: UserShape }>('UpgradeGuestPayload').implement({
  description: 'He is a user like others. His guest’s token is refused from now on.',
  fields: (t) => ({ user: t.field({ type: User, description: 'The user.', resolve: ({ user }) => user }) }),
})

builder.mutationFields((t) => ({
  createGuest: t.field({
    type: CreateGuestPayload,
    description:
      'Makes a guest: somebody who may be in one conversation, and for whom nothing else of the tenant is there. With a server key of scope `tokens:create`.',
    args: { input: t.arg({ type: CreateGuestInput, required: true, description: 'Who, where, and for how long.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => createGuest(context, input),
  }),
  upgradeGuest: t.field({
    type: UpgradeGuestPayload,
    description:
      'Makes a user of a guest: he keeps his id, his messages and his place in the conversation. With a server key of scope `users:write`.',
    args: { input: t.arg({ type: UpgradeGuestInput, required: true, description: 'Who, and as whom.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, StaleWrite, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => upgradeGuest(context, input),
  }),
}))
