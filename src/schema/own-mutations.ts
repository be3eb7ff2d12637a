/** What a member sets for himself in a conversation. */
import { hideConversation, muteConversation, pinConversation } from '../resolvers/update-membership.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { conversationPayload } from './conversation-payload.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound, RateLimited, ServiceUnavailable } from './error.ts'

const MuteConversationInput = builder.inputType('MuteConversationInput', {
  description: 'What, and until when.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    until: t.field({ type: 'DateTime', description: 'Until when; at once again unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const MuteConversationPayload = conversationPayload('MuteConversationPayload', 'It is so.')

const PinConversationInput = builder.inputType('PinConversationInput', {
  description: 'What, and where.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    order: t.float({ description: 'Its place among the pinned ones, smallest first; not pinned unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const PinConversationPayload = conversationPayload('PinConversationPayload', 'It is so.')

const HideConversationInput = builder.inputType('HideConversationInput', {
  description: 'What.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    hidden: t.boolean({ required: true, description: 'false brings it back.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const HideConversationPayload = conversationPayload('HideConversationPayload', 'It is so.')

builder.mutationFields((t) => ({
  muteConversation: t.field({
    type: MuteConversationPayload,
    description: 'Tells you nothing of a conversation for a while; only you know.',
    args: { input: t.arg({ type: MuteConversationInput, required: true, description: 'What, and until when.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => muteConversation(context, input),
  }),
  pinConversation: t.field({
    type: PinConversationPayload,
    description: 'Keeps a conversation at the top of your list.',
    args: { input: t.arg({ type: PinConversationInput, required: true, description: 'What, and where.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => pinConversation(context, input),
  }),
  hideConversation: t.field({
    type: HideConversationPayload,
    description: 'Takes a conversation out of your list until something happens in it.',
    args: { input: t.arg({ type: HideConversationInput, required: true, description: 'What.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => hideConversation(context, input),
  }),
}))
