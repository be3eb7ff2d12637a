/** The events of a user's own log: what only he sees, on all his devices. Their seqs are of that log. */
import { encodeId } from '../lib/ids.ts'
import { conversationOfOwnEvent } from '../resolvers/named-conversation.ts'
import { builder } from './builder.ts'
import { FeedEvent, LogEvent, type Logged } from './event.ts'
import { LeaveReason } from './log-events.ts'
import { Conversation, there, User } from './refs.ts'
import { RestrictionKind } from './restriction.ts'

/** Read anew: loaders may have him as he was a moment ago. */
const only = <T>([found]: readonly T[]): T => there(found ?? null)

builder.objectRef<Logged<'MEMBERSHIP_UPDATED'>>('MembershipUpdated').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'You have muted, pinned or hidden a conversation, or taken it back: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Which.',
      resolve: (delivered, _args, context) => conversationOfOwnEvent(context, delivered),
    }),
  }),
})

builder.objectRef<Logged<'CONVERSATION_JOINED'>>('ConversationJoined').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'You became a member: the events of the conversation follow, from your joining on. Its seq is of your own log.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Of what.',
      resolve: (delivered, _args, context) => conversationOfOwnEvent(context, delivered),
    }),
  }),
})

builder.objectRef<Logged<'CONVERSATION_LEFT'>>('ConversationLeft').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You are no longer a member. Its seq is of your own log.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Of what.', resolve: ({ event }) => encodeId('conv', event.conversationId) }),
    reason: t.field({ type: LeaveReason, description: 'Why.', resolve: ({ event }) => event.reason }),
    explanation: t.string({
      nullable: true,
      description: 'In the words of who removed or banned you.',
      resolve: ({ event }) => event.explanation,
    }),
  }),
})

builder.objectRef<Logged<'READ_MARKED'>>('ReadMarked').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'You have read up to there, or marked it unread from there: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: (delivered, _args, context) => conversationOfOwnEvent(context, delivered),
    }),
    threadId: t.id({
      nullable: true,
      description: 'The message in whose thread alone.',
      resolve: ({ event }) => event.threadId && encodeId('msg', event.threadId),
    }),
    readSeq: t.int({ description: 'All up to this seq is read.', resolve: ({ event }) => event.readSeq }),
  }),
})

builder.objectRef<Logged<'MESSAGE_HIDDEN'>>('MessageHidden').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You have deleted a message for yourself. Its seq is of your own log.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Where.', resolve: ({ event }) => encodeId('conv', event.conversationId) }),
    messageId: t.id({ description: 'Which.', resolve: ({ event }) => encodeId('msg', event.messageId) }),
  }),
})

builder.objectRef<Logged<'THREAD_FOLLOWED'>>('ThreadFollowed').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You follow a thread now, or no longer. Its seq is of your own log.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Where.', resolve: ({ event }) => encodeId('conv', event.conversationId) }),
    threadId: t.id({
      description: 'The message on which it hangs.',
      resolve: ({ event }) => encodeId('msg', event.threadId),
    }),
    following: t.boolean({ description: 'Whether you do.', resolve: ({ event }) => event.isFollowing }),
  }),
})

builder.objectRef<Logged<'RESTRICTED'>>('Restricted').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You may not be in a conversation, or not speak in it; or you may again. Its seq is of your own log.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Which.', resolve: ({ event }) => encodeId('conv', event.conversationId) }),
    restriction: t.field({ type: RestrictionKind, description: 'What.', resolve: ({ event }) => event.restriction }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null: until it is lifted.',
      resolve: ({ event }) => event.until,
    }),
    explanation: t.string({
      nullable: true,
      description: 'In the words of who did it.',
      resolve: ({ event }) => event.explanation,
    }),
    lifted: t.boolean({ description: 'Whether it was taken back.', resolve: ({ event }) => event.isLifted }),
  }),
})

const AccountPart = builder.enumType('AccountPart', {
  description: 'What of an account.',
  values: {
    PROFILE: { description: 'Its name, picture or bio.' },
    STATUS: { description: 'Its status.' },
    PRIVACY: { description: 'Whom it shows what: see `viewer`.' },
  } as const,
})

builder.objectRef<Logged<'ACCOUNT_UPDATED'>>('AccountUpdated').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'What you say of yourself, or show to whom, is another now: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    changed: t.field({ type: [AccountPart], description: 'What.', resolve: ({ event }) => event.changed }),
    user: t.field({
      type: User,
      description: 'You, as you are now.',
      resolve: ({ event }, _args, { parts }) => parts.users.byIds(event.tenantId, [event.streamId]).then(only),
    }),
  }),
})

builder.objectRef<Logged<'SIGNED_OUT'>>('SignedOut').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'You have signed out: there, or everywhere. What is signed out ends within a second. Its seq is of your own log.',
  fields: (t) => ({
    connectionId: t.id({
      nullable: true,
      description: 'Where, as in `viewer { connections }`; null: everywhere.',
      resolve: ({ event }) => event.connectionId && encodeId('connection', event.connectionId),
    }),
  }),
})
