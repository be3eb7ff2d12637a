/** What is said to be sent later. */
import { encodeId } from '../lib/ids.ts'
import type { ScheduledMessage as Shape } from '../messages/scheduled.ts'
import { conversationOfScheduled, scheduledMessages } from '../resolvers/scheduled-messages.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { Conversation } from './refs.ts'

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

export const ScheduledFailure = builder
  .objectRef<{ code: string; explanation: string }>('ScheduledMessageFailure')
  .implement({
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

export const ScheduledMessage = builder.objectRef<Shape>('ScheduledMessage').implement({
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
    failure: t.field({ type: ScheduledFailure, nullable: true, description: 'Of a FAILED one.', resolve: failureOf }),
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
