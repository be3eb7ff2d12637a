/** What becomes of a message after it was sent. */
import type { Message as MessageShape } from '../model.ts'
import { type DeletedMessage, deleteMessage } from '../resolvers/delete-message.ts'
import { editMessage } from '../resolvers/edit-message.ts'
import { pinMessage, unpinMessage } from '../resolvers/pin-message.ts'
import { addReaction, removeReaction } from '../resolvers/react.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  LimitExceeded,
  NotFound,
  RateLimited,
  ServiceUnavailable,
  StaleWrite,
} from './error.ts'
import { Message } from './refs.ts'
import { MentionInput } from './send-message.ts'

export const messagePayload = (name: string, description: string) =>
  builder.objectRef<{ message: MessageShape }>(name).implement({
    description,
    fields: (t) => ({
      message: t.field({
        type: Message,
        description: 'The message, as it is now.',
        resolve: (shape) => shape.message,
      }),
    }),
  })

const EditMessageInput = builder.inputType('EditMessageInput', {
  description: 'What to say instead.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message.' }),
    text: t.string({ required: true, description: 'What to say. Kept to the letter.' }),
    mentions: t.field({ type: [MentionInput], description: 'Whom the new text mentions; nobody unless given.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'The application’s own details; as they were unless given, null takes them away.',
    }),
    expectedRevision: t.int({
      description:
        'The revision that you saw: StaleWrite when it has been edited since. Unless given, the last one wins.',
    }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const EditMessagePayload = messagePayload('EditMessagePayload', 'It says that now; before is in its revisions.')

const DeletionScope = builder.enumType('DeletionScope', {
  description: 'For whom a message is deleted.',
  values: {
    EVERYBODY: { description: 'Its place is left, and nothing of what it said.' },
    ME: { description: 'Nobody else learns of it.' },
  } as const,
})
const DeleteMessageInput = builder.inputType('DeleteMessageInput', {
  description: 'What to delete.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message.' }),
    for: t.field({ type: DeletionScope, required: true, description: 'For whom.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const DeleteMessagePayload = builder.objectRef<DeletedMessage>('DeleteMessagePayload').implement({
  description: 'It is gone.',
  fields: (t) => ({
    messageId: t.exposeID('messageId', { description: 'Of what was deleted.' }),
    message: t.field({
      type: Message,
      nullable: true,
      description: 'What is left of it; null where you have deleted it for yourself.',
      resolve: ({ message }) => message,
    }),
  }),
})

const AddReactionInput = builder.inputType('AddReactionInput', {
  description: 'What, and with which emoji.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message.' }),
    emoji: t.string({ required: true, description: 'Exactly one emoji.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const AddReactionPayload = messagePayload('AddReactionPayload', 'You have reacted so.')

const RemoveReactionInput = builder.inputType('RemoveReactionInput', {
  description: 'What, and which emoji.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message.' }),
    emoji: t.string({ required: true, description: 'Exactly one emoji.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const RemoveReactionPayload = messagePayload('RemoveReactionPayload', 'You have not reacted so.')

const PinMessageInput = builder.inputType('PinMessageInput', {
  description: 'What to keep at hand.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const PinMessagePayload = messagePayload('PinMessagePayload', 'It is pinned.')

const UnpinMessageInput = builder.inputType('UnpinMessageInput', {
  description: 'What to keep at hand no longer.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const UnpinMessagePayload = messagePayload('UnpinMessagePayload', 'It is not pinned.')

builder.mutationFields((t) => ({
  editMessage: t.field({
    type: EditMessagePayload,
    description: 'Says a message of yours anew, for as long as the tenant allows (messageEditSeconds in `limits`).',
    args: { input: t.arg({ type: EditMessageInput, required: true, description: 'Which message.' }) },
    errors: {
      types: [
        NotFound,
        Forbidden,
        InvalidInput,
        LimitExceeded,
        StaleWrite,
        IdempotencyConflict,
        RateLimited,
        ServiceUnavailable,
      ],
    },
    resolve: (_, { input }, context) => editMessage(context, input),
  }),
  deleteMessage: t.field({
    type: DeleteMessagePayload,
    description: 'Deletes a message, for everybody or for you alone. What is gone already stays so.',
    args: { input: t.arg({ type: DeleteMessageInput, required: true, description: 'Which message.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, StaleWrite, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => deleteMessage(context, input),
  }),
  addReaction: t.field({
    type: AddReactionPayload,
    description: 'Reacts to a message. Repeating it changes nothing.',
    args: { input: t.arg({ type: AddReactionInput, required: true, description: 'Which message.' }) },
    errors: {
      types: [
        NotFound,
        Forbidden,
        InvalidInput,
        LimitExceeded,
        StaleWrite,
        IdempotencyConflict,
        RateLimited,
        ServiceUnavailable,
      ],
    },
    resolve: (_, { input }, context) => addReaction(context, input),
  }),
  removeReaction: t.field({
    type: RemoveReactionPayload,
    description: 'Takes your reaction away. Repeating it changes nothing.',
    args: { input: t.arg({ type: RemoveReactionInput, required: true, description: 'Which message.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, StaleWrite, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => removeReaction(context, input),
  }),
  pinMessage: t.field({
    type: PinMessagePayload,
    description: 'Keeps a message at hand for all members. Repeating it changes nothing.',
    args: { input: t.arg({ type: PinMessageInput, required: true, description: 'Which message.' }) },
    errors: {
      types: [
        NotFound,
        Forbidden,
        InvalidInput,
        LimitExceeded,
        StaleWrite,
        IdempotencyConflict,
        RateLimited,
        ServiceUnavailable,
      ],
    },
    resolve: (_, { input }, context) => pinMessage(context, input),
  }),
  unpinMessage: t.field({
    type: UnpinMessagePayload,
    description: 'Keeps it at hand no longer. Repeating it changes nothing.',
    args: { input: t.arg({ type: UnpinMessageInput, required: true, description: 'Which message.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, StaleWrite, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => unpinMessage(context, input),
  }),
}))
