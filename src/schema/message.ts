/** Messages, and sending them. */
import { encodeId } from '../lib/ids.ts'
import { type SentMessage, sendMessage } from '../resolvers/send-message.ts'
import { builder } from './builder.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound, ServiceUnavailable } from './error.ts'
import { Conversation, Message, there, User } from './refs.ts'

builder.node(Message, {
  description: 'What a member said.',
  id: {
    description: 'A TypeID with the prefix `msg`; ids order as seq does.',
    resolve: ({ id }) => encodeId('msg', id),
  },
  fields: (t) => ({
    seq: t.field({
      type: 'NonNegativeInt',
      description: 'Its place in the conversation’s log. Gapless over all events, not over messages.',
      resolve: ({ seq }) => seq,
    }),
    conversation: t.field({
      type: Conversation,
      description: 'Where it was said.',
      resolve: ({ conversationId }, _args, { loaders }) => loaders.conversation.load(conversationId).then(there),
    }),
    author: t.field({
      type: User,
      nullable: true,
      description: 'Who said it; null: the system.',
      resolve: ({ authorId }, _args, { loaders }) => (authorId === null ? null : loaders.user.load(authorId)),
    }),
    clientMessageId: t.exposeString('clientMessageId', {
      description: 'The id that the author’s client gave it: how a client knows its own message again.',
    }),
    text: t.exposeString('text', { description: 'What was said, to the letter.' }),
    replyTo: t.field({
      type: Message,
      nullable: true,
      description: 'The message that it answers.',
      resolve: ({ replyToId }, _args, { loaders }) => (replyToId === null ? null : loaders.message.load(replyToId)),
    }),
    metadata: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'The application’s own details.',
      resolve: ({ metadata }) => metadata,
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was stored. Order by seq, not by this.',
    }),
  }),
})

const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'What to say, and where.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'Where to say it.' }),
    clientMessageId: t.string({
      required: true,
      description:
        'Chosen by the client, and kept by it until the answer: whatever is sent again with it is stored once.',
    }),
    text: t.string({ required: true, description: 'What to say. Kept to the letter.' }),
    replyToId: t.id({ description: 'The message that it answers, of the same conversation.' }),
    metadata: t.field({ type: 'JSONObject', description: 'The application’s own details.' }),
    asUserId: t.id({
      description: 'With a server key of scope `messages:write`: the member who says it; the system unless given.',
    }),
  }),
})

const SendMessagePayload = builder.objectRef<SentMessage>('SendMessagePayload').implement({
  description: 'The message is stored for good.',
  fields: (t) => ({
    message: t.field({
      type: Message,
      description: 'The message; of a repeat, the original.',
      resolve: (shape) => shape.message,
    }),
    deduplicated: t.exposeBoolean('deduplicated', {
      description: 'Whether it had been stored before under the same client message id.',
    }),
  }),
})

builder.mutationField('sendMessage', (t) =>
  t.field({
    type: SendMessagePayload,
    description:
      'Says something in a conversation. Answers once it is stored for good; safe to repeat with the same clientMessageId.',
    args: { input: t.arg({ type: SendMessageInput, required: true, description: 'What to say, and where.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, ServiceUnavailable] },
    resolve: (_, { input }, context) => sendMessage(context, input),
  }),
)
