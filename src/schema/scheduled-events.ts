/** What a user hears on his own log of what he has said to be sent later. */
import { encodeId } from '../lib/ids.ts'
import { builder } from './builder.ts'
import { FeedEvent, LogEvent, type Logged } from './event.ts'
import { ScheduledFailure } from './scheduled-message.ts'

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
      type: ScheduledFailure,
      nullable: true,
      description: 'Of one that FAILED: why.',
      resolve: ({ event: { code, explanation } }) => (code === null ? null : { code, explanation: explanation ?? '' }),
    }),
  }),
})
