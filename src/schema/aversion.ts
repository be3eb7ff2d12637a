/** Whom a user wants nothing of. */
import type { User as UserShape } from '../model.ts'
import { type Avoided, blockUser, muteUser, unblockUser, unmuteUser } from '../resolvers/block-user.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { IdempotencyConflict, InvalidInput, LimitExceeded, NotFound, RateLimited, ServiceUnavailable } from './error.ts'
import { FeedEvent, LogEvent, type Logged } from './event.ts'
import { there, User } from './refs.ts'

export const AvoidedUser = builder.objectRef<Avoided>('AvoidedUser').implement({
  description: 'Somebody whom you have blocked or muted; only you know.',
  fields: (t) => ({
    user: t.field({ type: User, description: 'Who.', resolve: (shape) => shape.user }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when.' }),
  }),
})

const inputOf = (name: string) =>
  builder.inputType(name, {
    description: 'Whom.',
    fields: (t) => ({
      userId: t.id({ required: true, description: 'The user: another one than you.' }),
      clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
    }),
  })

const payloadOf = (name: string) =>
  builder.objectRef<{ user: UserShape }>(name).implement({
    description: 'It is so.',
    fields: (t) => ({ user: t.field({ type: User, description: 'Who.', resolve: (shape) => shape.user }) }),
  })

const errors = { types: [NotFound, InvalidInput, LimitExceeded, IdempotencyConflict, RateLimited, ServiceUnavailable] }
const [BlockUserInput, BlockUserPayload] = [inputOf('BlockUserInput'), payloadOf('BlockUserPayload')]
const [UnblockUserInput, UnblockUserPayload] = [inputOf('UnblockUserInput'), payloadOf('UnblockUserPayload')]
const [MuteUserInput, MuteUserPayload] = [inputOf('MuteUserInput'), payloadOf('MuteUserPayload')]
const [UnmuteUserInput, UnmuteUserPayload] = [inputOf('UnmuteUserInput'), payloadOf('UnmuteUserPayload')]

builder.mutationFields((t) => ({
  blockUser: t.field({
    type: BlockUserPayload,
    description:
      'You and he reach each other no longer: direct messages are refused as those to a user who is gone; neither learns of the other’s presence, typing or receipts; he mentions you in vain, and what he says elsewhere is collapsed for you. He is not told.',
    args: { input: t.arg({ type: BlockUserInput, required: true, description: 'Whom.' }) },
    errors,
    resolve: (_, { input }, context) => blockUser(context, input),
  }),
  unblockUser: t.field({
    type: UnblockUserPayload,
    description: 'Takes it back.',
    args: { input: t.arg({ type: UnblockUserInput, required: true, description: 'Whom.' }) },
    errors,
    resolve: (_, { input }, context) => unblockUser(context, input),
  }),
  muteUser: t.field({
    type: MuteUserPayload,
    description: 'He mentions you in vain, and what he says is collapsed for you; all else stays. He is not told.',
    args: { input: t.arg({ type: MuteUserInput, required: true, description: 'Whom.' }) },
    errors,
    resolve: (_, { input }, context) => muteUser(context, input),
  }),
  unmuteUser: t.field({
    type: UnmuteUserPayload,
    description: 'Takes it back.',
    args: { input: t.arg({ type: UnmuteUserInput, required: true, description: 'Whom.' }) },
    errors,
    resolve: (_, { input }, context) => unmuteUser(context, input),
  }),
}))

builder.objectRef<Logged<'USER_BLOCKED'>>('UserBlocked').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You have blocked somebody, or taken it back: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Whom.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    blocked: t.boolean({ description: 'Whether he is blocked now.', resolve: ({ event }) => event.isBlocked }),
  }),
})

builder.objectRef<Logged<'USER_MUTED'>>('UserMuted').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You have muted somebody, or taken it back: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Whom.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    muted: t.boolean({ description: 'Whether he is muted now.', resolve: ({ event }) => event.isMuted }),
  }),
})
