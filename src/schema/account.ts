/** What a customer's own back end does with its server key. */
import type { User as UserShape } from '../model.ts'
import { createToken } from '../resolvers/create-token.ts'
import { deactivateUsers } from '../resolvers/deactivate-users.ts'
import { upsertUsers } from '../resolvers/upsert-users.ts'
import { builder } from './builder.ts'
import { Forbidden, InvalidInput, LimitExceeded, ServiceUnavailable } from './error.ts'
import { User } from './refs.ts'
import { TenantRole } from './user.ts'

const UserInput = builder.inputType('UserInput', {
  description: 'A user as the customer knows him.',
  fields: (t) => ({
    externalId: t.string({ required: true, description: 'The customer’s own id: the `sub` of his tokens.' }),
    name: t.string({ required: true, description: 'The name to show.' }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture to show.' }),
    role: t.field({ type: TenantRole, description: 'What he is in the whole tenant; unchanged unless given.' }),
    knownSince: t.field({
      type: 'DateTime',
      description: 'From when on he is your user: so long ago he is no new account here. Unchanged unless given.',
    }),
  }),
})
const UpsertUsersInput = builder.inputType('UpsertUsersInput', {
  description: 'Whom to create or change.',
  fields: (t) => ({ users: t.field({ type: [UserInput], required: true, description: 'The users.' }) }),
})
const UpsertUsersPayload = builder.objectRef<{ users: UserShape[] }>('UpsertUsersPayload').implement({
  description: 'They are stored.',
  fields: (t) => ({
    users: t.field({ type: [User], description: 'The users, in the order given.', resolve: (shape) => shape.users }),
  }),
})

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'For whom, and for how long.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: 'The customer’s own id of the user; he is created on first sight.',
    }),
    role: t.field({ type: TenantRole, description: 'What he is in the whole tenant; USER unless given.' }),
    ttlSeconds: t.int({ required: true, description: 'How long the token is good, from 60 to 86400 seconds.' }),
  }),
})
const CreateTokenPayload = builder.objectRef<{ token: string; expiresAt: Date }>('CreateTokenPayload').implement({
  description: 'Hand it to the user’s client.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'For `Authorization: Bearer …`, or `connection_init`.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
  }),
})

const DeactivateUsersInput = builder.inputType('DeactivateUsersInput', {
  description: 'Whom to shut out, or let in again.',
  fields: (t) => ({
    externalIds: t.stringList({
      required: true,
      description: 'The customer’s own ids; who is not known is passed over.',
    }),
    deactivated: t.boolean({ required: true, description: 'false lets them in again.' }),
  }),
})
const DeactivateUsersPayload = builder.objectRef<{ users: UserShape[] }>('DeactivateUsersPayload').implement({
  description: 'Their tokens are refused from the next second on.',
  fields: (t) => ({
    users: t.field({ type: [User], description: 'Those that there are.', resolve: (shape) => shape.users }),
  }),
})

builder.mutationFields((t) => ({
  deactivateUsers: t.field({
    type: DeactivateUsersPayload,
    description:
      'Shuts users out, or lets them in again; repeating it changes nothing. With a server key of scope `users:write`.',
    args: { input: t.arg({ type: DeactivateUsersInput, required: true, description: 'Whom.' }) },
    errors: { types: [Forbidden, LimitExceeded, ServiceUnavailable] },
    resolve: (_, { input }, context) => deactivateUsers(context, input),
  }),
  upsertUsers: t.field({
    type: UpsertUsersPayload,
    description: 'Creates users, or changes those there are. With a server key of scope `users:write`.',
    args: { input: t.arg({ type: UpsertUsersInput, required: true, description: 'Whom to create or change.' }) },
    errors: { types: [Forbidden, InvalidInput, LimitExceeded, ServiceUnavailable] },
    resolve: (_, { input }, context) => upsertUsers(context, input),
  }),
  createToken: t.field({
    type: CreateTokenPayload,
    description: 'Makes a token for a user. With a server key of scope `tokens:create`.',
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'For whom, and for how long.' }) },
    errors: { types: [Forbidden, InvalidInput, ServiceUnavailable] },
    resolve: (_, { input }, context) => createToken(context, input),
  }),
}))
