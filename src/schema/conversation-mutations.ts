/** Beginning conversations and changing what they are. */
import { archiveConversation, unarchiveConversation } from '../resolvers/archive-conversation.ts'
import { createConversation } from '../resolvers/create-conversation.ts'
import { openDirectConversation } from '../resolvers/open-direct-conversation.ts'
import { updateConversation } from '../resolvers/update-conversation.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { ConversationVisibility, HistoryVisibility, NewConversationKind } from './conversation.ts'
import { conversationPayload } from './conversation-payload.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  LimitExceeded,
  NotFound,
  RateLimited,
  ServiceUnavailable,
} from './error.ts'

const CreateConversationInput = builder.inputType('CreateConversationInput', {
  description: 'What to begin, and with whom.',
  fields: (t) => ({
    kind: t.field({ type: NewConversationKind, required: true, description: 'What sort of conversation.' }),
    title: t.string({ description: 'Its name.' }),
    topic: t.string({ description: 'What it is about.' }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture to show.' }),
    metadata: t.field({ type: 'JSONObject', description: 'The application’s own details.' }),
    visibility: t.field({ type: ConversationVisibility, description: 'Who may find it; PRIVATE unless given.' }),
    history: t.field({
      type: HistoryVisibility,
      description: 'What a member sees of the time before his joining; ALL unless given.',
    }),
    memberIds: t.idList({ required: true, description: 'Users to begin with, besides you.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const CreateConversationPayload = conversationPayload('CreateConversationPayload', 'The conversation was begun.')

const OpenDirectConversationInput = builder.inputType('OpenDirectConversationInput', {
  description: 'With whom.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'The other user.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const OpenDirectConversationPayload = conversationPayload(
  'OpenDirectConversationPayload',
  'The conversation of the two: a new one, or that which there was.',
)

const UpdateConversationInput = builder.inputType('UpdateConversationInput', {
  description: 'What to change; what is not given stays, null takes it away.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    title: t.string({ description: 'Its name.' }),
    topic: t.string({ description: 'What it is about.' }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture to show.' }),
    metadata: t.field({ type: 'JSONObject', description: 'The application’s own details.' }),
    visibility: t.field({ type: ConversationVisibility, description: 'Who may find it.' }),
    history: t.field({ type: HistoryVisibility, description: 'What a member sees of the time before his joining.' }),
    slowModeSeconds: t.int({
      description:
        'Between two messages of one member so many seconds are to pass, up to 3600, but for owners and managers; 0: none.',
    }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const UpdateConversationPayload = conversationPayload('UpdateConversationPayload', 'It was changed.')

const ArchiveConversationInput = builder.inputType('ArchiveConversationInput', {
  description: 'Which one.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const ArchiveConversationPayload = conversationPayload('ArchiveConversationPayload', 'It is read-only.')

const UnarchiveConversationInput = builder.inputType('UnarchiveConversationInput', {
  description: 'Which one.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const UnarchiveConversationPayload = conversationPayload('UnarchiveConversationPayload', 'It is lively again.')

builder.mutationFields((t) => ({
  createConversation: t.field({
    type: CreateConversationPayload,
    description: 'Begins a conversation; you become its owner.',
    args: { input: t.arg({ type: CreateConversationInput, required: true, description: 'What to begin.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, LimitExceeded, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => createConversation(context, input),
  }),
  openDirectConversation: t.field({
    type: OpenDirectConversationPayload,
    description: 'The conversation of you and another user; there is one a pair, whoever opens it first.',
    args: { input: t.arg({ type: OpenDirectConversationInput, required: true, description: 'With whom.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => openDirectConversation(context, input),
  }),
  updateConversation: t.field({
    type: UpdateConversationPayload,
    description: 'Changes what a conversation is called and carries.',
    args: { input: t.arg({ type: UpdateConversationInput, required: true, description: 'What to change.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => updateConversation(context, input),
  }),
  archiveConversation: t.field({
    type: ArchiveConversationPayload,
    description: 'Makes a conversation read-only; it can still be read and searched.',
    args: { input: t.arg({ type: ArchiveConversationInput, required: true, description: 'Which one.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => archiveConversation(context, input),
  }),
  unarchiveConversation: t.field({
    type: UnarchiveConversationPayload,
    description: 'Makes an archived conversation lively again.',
    args: { input: t.arg({ type: UnarchiveConversationInput, required: true, description: 'Which one.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => unarchiveConversation(context, input),
  }),
}))
