/** Saying something to be sent later, setting another time, and taking it back. */
import {
  cancelScheduledMessage,
  rescheduleMessage,
  type Scheduled,
  scheduleMessage,
} from '../resolvers/schedule-message.ts'
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
import { Urgency } from './message-parts.ts'
import { ScheduledMessage } from './scheduled-message.ts'
import { MentionInput } from './send-message.ts'

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
