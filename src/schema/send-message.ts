/** Saying something. */
import { type SentMessage, sendMessage } from '../resolvers/send-message.ts'
import { builder } from './builder.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  LimitExceeded,
  NotFound,
  RateLimited,
  ServiceUnavailable,
  SlowMode,
} from './error.ts'
import { MentionKind, Urgency } from './message-parts.ts'
import { Message } from './refs.ts'

export const MentionInput = builder.inputType('MentionInput', {
  description: 'A range of the text that names somebody.',
  fields: (t) => ({
    kind: t.field({
      type: MentionKind,
      required: true,
      description: 'Who. HERE and ALL need the capability MENTION_ALL.',
    }),
    userId: t.id({ description: 'Whom, of kind USER.' }),
    start: t.int({ required: true, description: 'Where it begins in the text, in UTF-16 units.' }),
    length: t.int({ required: true, description: 'How long it is, in UTF-16 units.' }),
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
    threadId: t.id({ description: 'To say it in the thread of this message.' }),
    alsoInConversation: t.boolean({ description: 'What is said in a thread is to stand in the conversation, too.' }),
    mentions: t.field({ type: [MentionInput], description: 'Whom it mentions: ranges that do not overlap.' }),
    attachmentIds: t.idList({
      description:
        'Files of the author that are uploaded and not sent yet, in the order in which they are to be shown. With one of them the text may be empty.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it is to go by itself: it is deleted for everybody within seconds of it.',
    }),
    urgency: t.field({ type: Urgency, description: 'NORMAL unless given.' }),
    silent: t.boolean({ description: 'Nobody is told, and it counts as unread for nobody.' }),
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
    errors: {
      types: [
        NotFound,
        Forbidden,
        InvalidInput,
        LimitExceeded,
        IdempotencyConflict,
        RateLimited,
        SlowMode,
        ServiceUnavailable,
      ],
    },
    resolve: (_, { input }, context) => sendMessage(context, input),
  }),
)
