/** Invites to conversations. */

import type { Invite as InviteShape } from '../conversations/invites.ts'
import { encodeId } from '../lib/ids.ts'
import { acceptInvite } from '../resolvers/accept-invite.ts'
import { createInvite } from '../resolvers/create-invite.ts'
import { revokeInvite } from '../resolvers/revoke-invite.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound, RateLimited, ServiceUnavailable } from './error.ts'
import { Conversation, there, User } from './refs.ts'

export const Invite = builder.objectRef<InviteShape>('Invite').implement({
  description: 'A way into a conversation for whoever holds its code.',
  fields: (t) => ({
    id: t.id({
      description: 'A TypeID with the prefix `invite`; the code is told only once.',
      resolve: ({ id }) => encodeId('invite', id),
    }),
    createdBy: t.field({
      type: User,
      description: 'Who made it.',
      resolve: ({ createdBy }, _args, { loaders }) => loaders.user.load(createdBy).then(there),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    maxUses: t.int({ nullable: true, description: 'How many may come in by it.', resolve: ({ maxUses }) => maxUses }),
    uses: t.exposeInt('uses', { description: 'How many have.' }),
    revokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back.',
      resolve: ({ revokedAt }) => revokedAt,
    }),
  }),
})

const CreateInviteInput = builder.inputType('CreateInviteInput', {
  description: 'To what, for how long and how many.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends; never unless given.' }),
    maxUses: t.int({ description: 'How many may come in by it; any number unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const CreateInvitePayload = builder
  .objectRef<{ invite: InviteShape; inviteCode: string }>('CreateInvitePayload')
  .implement({
    description: 'The invite was made.',
    fields: (t) => ({
      invite: t.field({ type: Invite, description: 'The invite.', resolve: (shape) => shape.invite }),
      // Not `code`: that is what errors are told apart by, in the same selection.
      inviteCode: t.exposeString('inviteCode', { description: 'To hand on; it is not told again.' }),
    }),
  })
const AcceptInviteInput = builder.inputType('AcceptInviteInput', {
  description: 'By which code.',
  fields: (t) => ({
    inviteCode: t.string({ required: true, description: 'The code.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const AcceptInvitePayload = builder
  .objectRef<{ conversation: typeof Conversation.$inferType }>('AcceptInvitePayload')
  .implement({
    description: 'You are a member.',
    fields: (t) => ({
      conversation: t.field({ type: Conversation, description: 'Of what.', resolve: (shape) => shape.conversation }),
    }),
  })
const RevokeInviteInput = builder.inputType('RevokeInviteInput', {
  description: 'Which one.',
  fields: (t) => ({
    inviteId: t.id({ required: true, description: 'The invite.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const RevokeInvitePayload = builder.objectRef<{ invite: InviteShape }>('RevokeInvitePayload').implement({
  description: 'Nobody more comes in by it.',
  fields: (t) => ({ invite: t.field({ type: Invite, description: 'The invite.', resolve: (shape) => shape.invite }) }),
})

builder.mutationFields((t) => ({
  createInvite: t.field({
    type: CreateInvitePayload,
    description: 'Makes an invite to a conversation.',
    args: {
      input: t.arg({ type: CreateInviteInput, required: true, description: 'To what, for how long and how many.' }),
    },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => createInvite(context, input),
  }),
  acceptInvite: t.field({
    type: AcceptInvitePayload,
    description: 'Becomes a member by an invite’s code; who is one already uses nothing up.',
    args: { input: t.arg({ type: AcceptInviteInput, required: true, description: 'By which code.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => acceptInvite(context, input),
  }),
  revokeInvite: t.field({
    type: RevokeInvitePayload,
    description: 'Takes an invite back.',
    args: { input: t.arg({ type: RevokeInviteInput, required: true, description: 'Which one.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => revokeInvite(context, input),
  }),
}))
