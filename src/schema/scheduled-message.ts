/** What is said to be sent later. */
import { encodeId } from '../lib/ids.ts'
import type { ScheduledMessage as Shape } from '../messages/scheduled.ts'
import {
  cancelScheduledMessage,
  rescheduleMessage,
  type Scheduled,
  scheduleMessage,
} from '../resolvers/schedule-message.ts'
import { conversationOfScheduled, scheduledMessages } from '../resolvers/scheduled-messages.ts'
import { builder, CLIENT_MUTATION_ID, dependsOnViewer } from './builder.ts'
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
import { FeedEvent, LogEvent, type Logged } from './event.ts'
import { Urgency } from './message-parts.ts'
import { Conversation } from './refs.ts'
import { MentionInput } from './send-message.ts'

const ScheduledState = builder.enumType('ScheduledMessageState', {
  description: 'How a scheduled message stands.',
  values: {
    WAITING: { description: 'It waits for its time.' },
    SENDING: { description: 'It is being sent just now, and cannot be taken back.' },
    FAILED: {
      description:
        'It could not be sent: see `failure`. It stays until you take it back or set another time; that tries it again.',
    },
  } as const,
})

const Failure = builder.objectRef<{ code: string; explanation: string }>('ScheduledMessageFailure').implement({
  description: 'Why it could not be sent.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description:
        'The code of the error that `sendMessage` gave at its time; TOO_LATE when the server could not try for a day.',
    }),
    explanation: t.exposeString('explanation', { description: 'A sentence for the developer.' }),
  }),
})

const failureOf = ({ failureCode: code, failureExplanation }: Shape) =>
  code === null ? null : { code, explanation: failureExplanation ?? '' }

const ScheduledMessage = builder.objectRef<Shape>('ScheduledMessage').implement({
  description: 'Something that you have said to be sent later. Nobody else sees it.',
  fields: (t) => ({
    id: t.id({
      description: 'Its id: the message that is sent has another one.',
      resolve: ({ id }) => encodeId('scheduled', id),
    }),
    conversation: t.field({
      type: Conversation,
      nullable: true,
      ...dependsOnViewer,
      description: 'Where it is to be said; null when you may no longer know of it.',
      resolve: (shape, _args, context) => conversationOfScheduled(context, shape),
    }),
    text: t.string({ description: 'What it says.', resolve: ({ input }) => input.text }),
    attachmentIds: t.idList({ description: 'Its files.', resolve: ({ input }) => [...(input.attachmentIds ?? [])] }),
    dueAt: t.expose('dueAt', { type: 'DateTime', description: 'When it is to be sent.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when it waits.' }),
    state: t.expose('state', { type: ScheduledState, description: 'How it stands.' }),
    failure: t.field({ type: Failure, nullable: true, description: 'Of a FAILED one.', resolve: failureOf }),
  }),
})

builder.queryField('scheduledMessages', (t) =>
  t.connection({
    type: ScheduledMessage,
    ...dependsOnViewer,
    description: 'What you have said to be sent later, what is due first first: it waits, or could not be sent.',
    args: { conversationId: t.arg.id({ description: 'In this conversation alone.' }) },
    resolve: (_, args, context) => scheduledMessages(context, args),
  }),
)

const DUE_AT = 'When it is to be sent, in the future.'

const ScheduleMessageInput = builder.inputType('ScheduleMessageInput', {
  description: 'What to say, where and when.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'Where to say it.' }),
    dueAt: t.field({ type: 'DateTime', required: true, description: DUE_AT }),
    text: t.string({ required: true, description: 'What to say. Kept to the letter.' }),
    replyToId: t.id({ description: 'The message that it answers, of the same conversation.' }),
    metadata: t.field({ type: 'JSONObject', description: 'The application’s own details.' }),
    threadId: t.id({ description: 'To say it in the thread of this message.' }),
    alsoInConversation: t.boolean({ description: 'What is said in a thread is to stand in the conversation, too.' }),
    mentions: t.field({ type: [MentionInput], description: 'Whom it mentions: ranges that do not overlap.' }),
    attachmentIds: t.idList({ description: 'Your files that are uploaded and not sent yet: they are kept for it.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it is to go by itself, later than `dueAt`.' }),
    urgency: t.field({ type: Urgency, description: 'NORMAL unless given.' }),
    silent: t.boolean({ description: 'Nobody is told, and it counts as unread for nobody.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const RescheduleMessageInput = builder.inputType('RescheduleMessageInput', {
  description: 'Which one, and when.',
  fields: (t) => ({
    scheduledMessageId: t.id({ required: true, description: 'A scheduled message of yours.' }),
    dueAt: t.field({ type: 'DateTime', required: true, description: DUE_AT }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const CancelScheduledMessageInput = builder.inputType('CancelScheduledMessageInput', {
  description: 'Which one.',
  fields: (t) => ({
    scheduledMessageId: t.id({ required: true, description: 'A scheduled message of yours.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})

const payload = (name: string) =>
  builder.objectRef<Scheduled>(name).implement({
    description: 'It waits.',
    fields: (t) => ({
      scheduledMessageId: t.exposeID('scheduledMessageId', { description: 'Which.' }),
      scheduledMessage: t.field({
        type: ScheduledMessage,
        nullable: true,
        description: 'As it is now; null of a repeat when it has been sent or taken back meanwhile.',
        resolve: (shape) => shape.scheduledMessage,
      }),
    }),
  })
const ScheduleMessagePayload = payload('ScheduleMessagePayload')
const RescheduleMessagePayload = payload('RescheduleMessagePayload')
const CancelScheduledMessagePayload = builder
  .objectRef<{ scheduledMessageId: string }>('CancelScheduledMessagePayload')
  .implement({
    description: 'It is not sent.',
    fields: (t) => ({ scheduledMessageId: t.exposeID('scheduledMessageId', { description: 'Which.' }) }),
  })

const common = [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable]

builder.mutationFields((t) => ({
  scheduleMessage: t.field({
    type: ScheduleMessagePayload,
    description:
      'Says something to be sent later. Whether you may say it is asked now, and again then; what becomes of it you hear as ScheduledMessageChanged.',
    args: { input: t.arg({ type: ScheduleMessageInput, required: true, description: 'What to say, where and when.' }) },
    errors: { types: [...common, LimitExceeded] },
    resolve: (_, { input }, context) => scheduleMessage(context, input),
  }),
  rescheduleMessage: t.field({
    type: RescheduleMessagePayload,
    description: 'Sets another time; what has failed is tried again then.',
    args: { input: t.arg({ type: RescheduleMessageInput, required: true, description: 'Which one, and when.' }) },
    errors: { types: [...common, LimitExceeded, StaleWrite] },
    resolve: (_, { input }, context) => rescheduleMessage(context, input),
  }),
  cancelScheduledMessage: t.field({
    type: CancelScheduledMessagePayload,
    description:
      'Takes a message back that waits or has failed. Its files can be sent with another one within the day.',
    args: { input: t.arg({ type: CancelScheduledMessageInput, required: true, description: 'Which one.' }) },
    errors: { types: [...common, StaleWrite] },
    resolve: (_, { input }, context) => cancelScheduledMessage(context, input),
  }),
}))

const Outcome = builder.enumType('ScheduledMessageOutcome', {
  description: 'What became of a scheduled message.',
  values: {
    WAITING: { description: 'It was scheduled, or given another time.' },
    SENT: { description: 'It is a message now.' },
    FAILED: { description: 'It could not be sent.' },
    CANCELLED: { description: 'It was taken back.' },
  } as const,
})

builder.objectRef<Logged<'SCHEDULED_MESSAGE_CHANGED'>>('ScheduledMessageChanged').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'A message of yours was scheduled, sent at its time, could not be, or was taken back. Its seq is of your own log.',
  fields: (t) => ({
    scheduledMessageId: t.id({
      description: 'Which.',
      resolve: ({ event }) => encodeId('scheduled', event.scheduledId),
    }),
    conversationId: t.id({ description: 'Where.', resolve: ({ event }) => encodeId('conv', event.conversationId) }),
    outcome: t.field({ type: Outcome, description: 'What became of it.', resolve: ({ event }) => event.state }),
    messageId: t.id({
      nullable: true,
      description: 'Of one that is SENT: the message.',
      resolve: ({ event }) => event.messageId && encodeId('msg', event.messageId),
    }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'Of one that FAILED: why.',
      resolve: ({ event: { code, explanation } }) => (code === null ? null : { code, explanation: explanation ?? '' }),
    }),
  }),
})
