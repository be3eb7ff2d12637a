/** Who may not be in a conversation, not speak in it, or not sign in. */
import type { Restriction as RestrictionShape, User as UserShape } from '../model.ts'
import { banMember } from '../resolvers/ban-member.ts'
import { banUser, unbanUser } from '../resolvers/ban-user.ts'
import { liftRestriction } from '../resolvers/lift-restriction.ts'
import { timeoutMember } from '../resolvers/timeout-member.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { conversationPayload } from './conversation-payload.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound, RateLimited, ServiceUnavailable } from './error.ts'
import { there, User } from './refs.ts'

export const RestrictionKind = builder.enumType('RestrictionKind', {
  description: 'What somebody may not do in a conversation.',
  values: {
    BAN: { description: 'Be a member: he cannot join, be added, or come in by an invite.' },
    TIMEOUT: { description: 'Anything but read and leave.' },
  } as const,
})

export const Restriction = builder.objectRef<RestrictionShape>('Restriction').implement({
  description: 'What somebody may not do in a conversation, and until when.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ userId }, _args, { loaders }) => loaders.user.load(userId).then(there),
    }),
    kind: t.expose('kind', { type: RestrictionKind, description: 'What.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, in the words of who did it.' }),
    createdBy: t.field({
      type: User,
      nullable: true,
      description: 'Who did it.',
      resolve: ({ actorId }, _args, { loaders }) => loaders.user.load(actorId),
    }),
    createdAt: t.expose('at', { type: 'DateTime', description: 'Since when.' }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null: until it is lifted.',
      resolve: ({ until }) => until,
    }),
  }),
})

const REASON = 'Why, in words that he is told.'

const BanMemberInput = builder.inputType('BanMemberInput', {
  description: 'Whom to keep out of what.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The user; he need not be a member.' }),
    reason: t.string({ description: REASON }),
    until: t.field({ type: 'DateTime', description: 'Until when; until it is lifted unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const BanMemberPayload = conversationPayload('BanMemberPayload', 'He is kept out.')

const TimeoutMemberInput = builder.inputType('TimeoutMemberInput', {
  description: 'Who is to be silent where.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The member.' }),
    reason: t.string({ description: REASON }),
    until: t.field({ type: 'DateTime', required: true, description: 'Until when.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const TimeoutMemberPayload = conversationPayload('TimeoutMemberPayload', 'He reads, and no more.')

const LiftRestrictionInput = builder.inputType('LiftRestrictionInput', {
  description: 'What to take back.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The user.' }),
    kind: t.field({ type: RestrictionKind, required: true, description: 'What he may do again.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const LiftRestrictionPayload = conversationPayload('LiftRestrictionPayload', 'He may again.')

const BanUserInput = builder.inputType('BanUserInput', {
  description: 'Whom to shut out of the tenant.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'The user.' }),
    reason: t.string({ description: REASON }),
    until: t.field({ type: 'DateTime', description: 'Until when; until it is lifted unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const UnbanUserInput = builder.inputType('UnbanUserInput', {
  description: 'Whom to let in again.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'The user.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const userPayload = (name: string, description: string) =>
  builder.objectRef<{ user: UserShape }>(name).implement({
    description,
    fields: (t) => ({ user: t.field({ type: User, description: 'The user.', resolve: (shape) => shape.user }) }),
  })
const BanUserPayload = userPayload('BanUserPayload', 'His sockets end within a second, and his tokens are refused.')
const UnbanUserPayload = userPayload('UnbanUserPayload', 'He may sign in again.')

const errors = { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] }

builder.mutationFields((t) => ({
  banMember: t.field({
    type: BanMemberPayload,
    description: 'Keeps a user out of a conversation, for a while or until it is lifted. For who has REMOVE_MEMBERS.',
    args: { input: t.arg({ type: BanMemberInput, required: true, description: 'Whom to keep out of what.' }) },
    errors,
    resolve: (_, { input }, context) => banMember(context, input),
  }),
  timeoutMember: t.field({
    type: TimeoutMemberPayload,
    description: 'Lets a member read and no more for a while. For who has REMOVE_MEMBERS.',
    args: { input: t.arg({ type: TimeoutMemberInput, required: true, description: 'Who is to be silent where.' }) },
    errors,
    resolve: (_, { input }, context) => timeoutMember(context, input),
  }),
  liftRestriction: t.field({
    type: LiftRestrictionPayload,
    description: 'Takes a ban or a timeout back. For who has REMOVE_MEMBERS.',
    args: { input: t.arg({ type: LiftRestrictionInput, required: true, description: 'What to take back.' }) },
    errors,
    resolve: (_, { input }, context) => liftRestriction(context, input),
  }),
  banUser: t.field({
    type: BanUserPayload,
    description:
      'Shuts a user out of the tenant, for a while or until it is lifted. For its moderators and admins, or with a server key of scope `users:write`.',
    args: { input: t.arg({ type: BanUserInput, required: true, description: 'Whom to shut out of the tenant.' }) },
    errors,
    resolve: (_, { input }, context) => banUser(context, input),
  }),
  unbanUser: t.field({
    type: UnbanUserPayload,
    description: 'Lets a banned user in again. For who may ban him.',
    args: { input: t.arg({ type: UnbanUserInput, required: true, description: 'Whom to let in again.' }) },
    errors,
    resolve: (_, { input }, context) => unbanUser(context, input),
  }),
}))
