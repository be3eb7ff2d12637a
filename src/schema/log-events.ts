/** The events of a conversation's log, each with what a client's cache needs of it. */
import { builder } from './builder.ts'
import { inConversation, type Logged } from './event.ts'
import { MemberRole } from './membership.ts'
import { Message, there, User } from './refs.ts'

export const LeaveReason = builder.enumType('LeaveReason', {
  description: 'Why somebody is no longer a member.',
  values: {
    LEFT: { description: 'He left.' },
    REMOVED: { description: 'He was removed.' },
    BANNED: { description: 'He was banned.' },
  } as const,
})

type OfMessage = 'MESSAGE_SENT' | 'MESSAGE_EDITED' | 'MESSAGE_DELETED' | 'MESSAGE_PINNED' | 'MESSAGE_UNPINNED'

// Nullable in each, also where it never is null: GraphQL refuses a selection in which one name has two types.
const seen = 'The message, as it is now; null where you do not see it, which is never so for MessageSent.'

const ofMessage = (name: string, description: string) =>
  builder.objectRef<Logged<OfMessage>>(name).implement({
    ...inConversation,
    description,
    fields: (t) => ({
      message: t.field({ type: Message, nullable: true, description: seen, resolve: ({ event }) => event.message }),
    }),
  })
ofMessage('MessageSent', 'A message was sent.')
ofMessage('MessageEdited', 'A message says something else now.')
ofMessage('MessageDeleted', 'A message is deleted for everybody: its place is left.')
export const MessagePinned = ofMessage('MessagePinned', 'A message was pinned.')
ofMessage('MessageUnpinned', 'A message is no longer pinned.')

const ofReaction = (name: string, description: string) =>
  builder.objectRef<Logged<'REACTION_ADDED' | 'REACTION_REMOVED'>>(name).implement({
    ...inConversation,
    description,
    fields: (t) => ({
      emoji: t.string({ description: 'With which emoji.', resolve: ({ event }) => event.emoji }),
      message: t.field({ type: Message, nullable: true, description: seen, resolve: ({ event }) => event.message }),
    }),
  })
ofReaction('ReactionAdded', 'The actor reacted to a message.')
ofReaction('ReactionRemoved', 'The actor took a reaction back.')

export const MemberJoined = builder.objectRef<Logged<'MEMBER_JOINED'>>('MemberJoined').implement({
  ...inConversation,
  description: 'Somebody became a member.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    role: t.field({ type: MemberRole, description: 'As what.', resolve: ({ event }) => event.role }),
  }),
})

export const MemberLeft = builder.objectRef<Logged<'MEMBER_LEFT'>>('MemberLeft').implement({
  ...inConversation,
  description: 'Somebody is no longer a member.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    reason: t.field({ type: LeaveReason, description: 'Why.', resolve: ({ event }) => event.reason }),
  }),
})

export const MemberRoleChanged = builder.objectRef<Logged<'MEMBER_ROLE_CHANGED'>>('MemberRoleChanged').implement({
  ...inConversation,
  description: 'A member is something else now.',
  fields: (t) => ({
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

builder.objectRef<Logged<'MEMBER_TIMED_OUT'>>('MemberTimedOut').implement({
  ...inConversation,
  description: 'A member may read and no more for a while, or may speak again.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ event }, _args, { loaders }) => loaders.user.load(event.userId).then(there),
    }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null: he may speak again.',
      resolve: ({ event }) => event.until,
    }),
  }),
})

export const ConversationUpdated = builder.objectRef<Logged<'CONVERSATION_UPDATED'>>('ConversationUpdated').implement({
  ...inConversation,
  description: 'Somebody changed what it is called or carries.',
  fields: (t) => ({
    title: t.string({
      nullable: true,
      description: 'What it was called then, where the title was changed.',
      resolve: ({ event }) => event.title,
    }),
    previousTitle: t.string({
      nullable: true,
      description: 'What it had been called before.',
      resolve: ({ event }) => event.previousTitle,
    }),
    changed: t.stringList({
      description: 'The names of the fields that were changed.',
      resolve: ({ event }) => event.changed,
    }),
  }),
})

export const ConversationArchived = builder
  .objectRef<Logged<'CONVERSATION_ARCHIVED'>>('ConversationArchived')
  .implement({
    ...inConversation,
    description: 'It is read-only now.',
  })

export const ConversationUnarchived = builder
  .objectRef<Logged<'CONVERSATION_UNARCHIVED'>>('ConversationUnarchived')
  .implement({
    ...inConversation,
    description: 'It is lively again.',
  })
