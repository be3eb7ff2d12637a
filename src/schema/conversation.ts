/** Conversations and their members. */
import { encodeId } from '../lib/ids.ts'
import { conversation } from '../resolvers/conversation.ts'
import { conversationInvites } from '../resolvers/conversation-invites.ts'
import { conversationMembers } from '../resolvers/conversation-members.ts'
import {
  conversationMessages,
  conversationTimeline,
  lastMessage,
  pinnedMessages,
} from '../resolvers/conversation-messages.ts'
import { conversationRestrictions } from '../resolvers/conversation-restrictions.ts'
import { conversations } from '../resolvers/conversations.ts'
import { discoverConversations } from '../resolvers/discover-conversations.ts'
import { conversationUnread } from '../resolvers/unread.ts'
import { viewerMembership } from '../resolvers/viewer-membership.ts'
import { Unread } from './attention.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { Capability } from './capability.ts'
import { Invite } from './invite.ts'
import { Membership } from './membership.ts'
import { Conversation, Message, User } from './refs.ts'
import { Restriction } from './restriction.ts'
import { TimelineItem } from './timeline.ts'

const kinds = {
  GROUP: { description: 'By invitation.' },
  CHANNEL: { description: 'Around a subject.' },
  BROADCAST: { description: 'Only owners and managers post.' },
} as const
const ConversationKind = builder.enumType('ConversationKind', {
  description: 'What sort of conversation it is.',
  values: { DIRECT: { description: 'Of two, one for each pair.' }, ...kinds } as const,
})
export const NewConversationKind = builder.enumType('NewConversationKind', {
  description: 'What sort of conversation to begin.',
  values: kinds,
})

export const ConversationVisibility = builder.enumType('ConversationVisibility', {
  description: 'Who may find a conversation.',
  values: {
    PRIVATE: { description: 'Its members.' },
    PUBLIC: { description: 'Everybody of the tenant; he may join it, too. Only a CHANNEL.' },
  } as const,
})

export const HistoryVisibility = builder.enumType('HistoryVisibility', {
  description: 'What a member sees of the time before his joining.',
  values: {
    ALL: { description: 'All of it.' },
    FROM_JOIN: { description: 'Nothing: neither messages nor what replies quote of them.' },
  } as const,
})

builder.node(Conversation, {
  description: 'Members, and a log of what happens among them.',
  id: { description: 'A TypeID with the prefix `conv`.', resolve: ({ id }) => encodeId('conv', id) },
  fields: (t) => ({
    kind: t.expose('kind', { type: ConversationKind, description: 'What sort of conversation it is.' }),
    title: t.exposeString('title', { nullable: true, description: 'Its name; a DIRECT one has none.' }),
    topic: t.exposeString('topic', { nullable: true, description: 'What it is about.' }),
    avatarUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'A picture to show.',
      resolve: (shape) => shape.avatarUrl,
    }),
    metadata: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'The application’s own details.',
      resolve: ({ metadata }) => metadata,
    }),
    visibility: t.expose('visibility', { type: ConversationVisibility, description: 'Who may find it.' }),
    history: t.expose('history', {
      type: HistoryVisibility,
      description: 'What a member sees of the time before his joining.',
    }),
    slowModeSeconds: t.exposeInt('slowModeSeconds', {
      description: 'Between two messages of one member so many seconds pass, but for owners and managers; 0: none.',
    }),
    archivedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is read-only.',
      resolve: ({ archivedAt }) => archivedAt,
    }),
    capabilities: t.field({
      type: [Capability],
      ...dependsOnViewer,
      description: 'What you may do in it.',
      resolve: ({ id }, _args, { parts, viewer }) => parts.access.capabilities(viewer, id),
    }),
    invites: t.connection({
      type: Invite,
      ...dependsOnViewer,
      description: 'The invites that still let somebody in, newest first; for who has the capability INVITE.',
      resolve: (shape, args, context) => conversationInvites(context, shape, args),
    }),
    restrictions: t.connection({
      type: Restriction,
      ...dependsOnViewer,
      description: 'Who may not be in it, or not speak in it; for who has the capability REMOVE_MEMBERS.',
      resolve: (shape, args, context) => conversationRestrictions(context, shape, args),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun.' }),
    createdBy: t.field({
      type: User,
      nullable: true,
      description: 'Who began it.',
      resolve: ({ createdBy }, _args, { loaders }) => (createdBy === null ? null : loaders.user.load(createdBy)),
    }),
    memberCount: t.exposeInt('memberCount', { description: 'How many members it has now.' }),
    members: t.connection({
      type: Membership,
      ...dependsOnViewer,
      description: 'Its members, in the order in which they joined.',
      resolve: (shape, args, context) => conversationMembers(context, shape, args),
    }),
    messages: t.connection({
      type: Message,
      ...dependsOnViewer,
      description:
        'Its messages, oldest first. Without first and last: the newest. With around: a page with that message in its middle.',
      args: { around: t.arg.id({ description: 'The id of a message.' }) },
      resolve: (shape, args, context) => conversationMessages(context, shape, args),
    }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      ...dependsOnViewer,
      description: 'Its newest message that you see: for a list of conversations, in which it costs one query for all.',
      resolve: (shape, _args, context) => lastMessage(context, shape),
    }),
    timeline: t.connection({
      type: TimelineItem,
      ...dependsOnViewer,
      description:
        'All that it shows, oldest first: its messages, and between them what was done to it. Without first and last: the newest.',
      resolve: (shape, args, context) => conversationTimeline(context, shape, args),
    }),
    pinnedMessages: t.field({
      type: [Message],
      ...dependsOnViewer,
      description: 'Its pinned messages, newest pin first.',
      resolve: (shape, _args, context) => pinnedMessages(context, shape),
    }),
    viewerUnread: t.field({
      type: Unread,
      nullable: true,
      ...dependsOnViewer,
      description: 'What you have not read in it; null when you are no member.',
      resolve: (shape, _args, context) => conversationUnread(context, shape),
    }),
    viewerMembership: t.field({
      type: Membership,
      nullable: true,
      ...dependsOnViewer,
      description: 'You in it; null when you have left.',
      resolve: (shape, _args, context) => viewerMembership(context, shape),
    }),
  }),
})

builder.queryFields((t) => ({
  conversation: t.field({
    type: Conversation,
    nullable: true,
    description: 'One of your conversations, or a public channel.',
    args: { id: t.arg.id({ required: true, description: 'Its TypeID.' }) },
    resolve: (_, { id }, context) => conversation(context, id),
  }),
  conversations: t.connection({
    type: Conversation,
    ...dependsOnViewer,
    description:
      'Your conversations: those you have pinned in their order, then by newest activity. What you have hidden comes back when something happens in it.',
    args: { archived: t.arg.boolean({ description: 'The archived ones instead.' }) },
    resolve: (_, args, context) => conversations(context, args),
  }),
  discoverConversations: t.connection({
    type: Conversation,
    ...dependsOnViewer,
    description: 'Public channels of the tenant by title, whether you are a member or not.',
    args: { query: t.arg.string({ description: 'Only those whose title begins so, whatever the case.' }) },
    resolve: (_, args, context) => discoverConversations(context, args),
  }),
}))
