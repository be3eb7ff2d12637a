/** The events of the log, each with what a client's cache needs of it. */
import { encodeId } from '../lib/ids.ts'
import { builder } from './builder.ts'
import { FeedEvent, inConversation, LogEvent, type Logged } from './event.ts'
import { MemberRole } from './membership.ts'
import { Conversation, Message, there, User } from './refs.ts'

const LeaveReason = builder.enumType('LeaveReason', {
  description: 'Why somebody is no longer a member.',
  values: { LEFT: { description: 'He left.' }, REMOVED: { description: 'He was removed.' } } as const,
})

builder.objectRef<Logged<'MESSAGE_SENT'>>('MessageSent').implement({
  ...inConversation,
  description: 'A message was sent.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
    message: t.field({
      type: Message,
      description: 'The message, as it is now.',
      resolve: ({ event }) => event.message,
    }),
  }),
})

builder.objectRef<Logged<'MEMBER_JOINED'>>('MemberJoined').implement({
  ...inConversation,
  description: 'Somebody became a member.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    role: t.field({ type: MemberRole, description: 'As what.', resolve: ({ event }) => event.role }),
  }),
})

builder.objectRef<Logged<'MEMBER_LEFT'>>('MemberLeft').implement({
  ...inConversation,
  description: 'Somebody is no longer a member.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    reason: t.field({ type: LeaveReason, description: 'Why.', resolve: ({ event }) => event.reason }),
  }),
})

builder.objectRef<Logged<'MEMBER_ROLE_CHANGED'>>('MemberRoleChanged').implement({
  ...inConversation,
  description: 'A member is something else now.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    role: t.field({ type: MemberRole, description: 'What he is now.', resolve: ({ event }) => event.role }),
    previousRole: t.field({
      type: MemberRole,
      description: 'What he was.',
      resolve: ({ event }) => event.previousRole,
    }),
  }),
})

builder.objectRef<Logged<'CONVERSATION_UPDATED'>>('ConversationUpdated').implement({
  ...inConversation,
  description: 'Somebody changed what it is called or carries.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
    changed: t.stringList({
      description: 'The names of the fields that were changed.',
      resolve: ({ event }) => event.changed,
    }),
  }),
})

builder.objectRef<Logged<'CONVERSATION_ARCHIVED'>>('ConversationArchived').implement({
  ...inConversation,
  description: 'It is read-only now.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
  }),
})

builder.objectRef<Logged<'CONVERSATION_UNARCHIVED'>>('ConversationUnarchived').implement({
  ...inConversation,
  description: 'It is lively again.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.streamId).then(there),
    }),
  }),
})

builder.objectRef<Logged<'MEMBERSHIP_UPDATED'>>('MembershipUpdated').implement({
  interfaces: [FeedEvent, LogEvent],
  description:
    'You have muted, pinned or hidden a conversation, or taken it back: on another device, maybe. Its seq is of your own log.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Which.',
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.conversationId).then(there),
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
      resolve: ({ event }, _args, { loaders }) => loaders.conversation.load(event.conversationId).then(there),
    }),
  }),
})

builder.objectRef<Logged<'CONVERSATION_LEFT'>>('ConversationLeft').implement({
  interfaces: [FeedEvent, LogEvent],
  description: 'You are no longer a member. Its seq is of your own log.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Of what.', resolve: ({ event }) => encodeId('conv', event.conversationId) }),
    reason: t.field({ type: LeaveReason, description: 'Why.', resolve: ({ event }) => event.reason }),
  }),
})
