/** What subscriptions give: the events of the log, where a subscription begins, and why it ends. */
import type { Delivered } from '../delivery/delivered.ts'
import type { ChatEvent } from '../events.ts'
import { encodeEventId } from '../lib/event-id.ts'
import { encodeId } from '../lib/ids.ts'
import { conversationEvents } from '../resolvers/conversation-events.ts'
import { feed } from '../resolvers/feed.ts'
import { conversationOfEvent } from '../resolvers/named-conversation.ts'
import { unreadTotals } from '../resolvers/unread.ts'
import { UnreadTotals } from './attention.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { Conversation, there, User } from './refs.ts'

export type Logged<Kind extends ChatEvent['kind'] = ChatEvent['kind']> = Omit<
  Extract<Delivered, { kind: 'EVENT' }>,
  'event'
> & { event: Extract<ChatEvent, { kind: Kind }> }

const TYPE_NAMES = {
  MESSAGE_SENT: 'MessageSent',
  MESSAGE_EDITED: 'MessageEdited',
  MESSAGE_DELETED: 'MessageDeleted',
  MESSAGE_PINNED: 'MessagePinned',
  MESSAGE_UNPINNED: 'MessageUnpinned',
  REACTION_ADDED: 'ReactionAdded',
  REACTION_REMOVED: 'ReactionRemoved',
  MEMBER_JOINED: 'MemberJoined',
  MEMBER_LEFT: 'MemberLeft',
  MEMBER_ROLE_CHANGED: 'MemberRoleChanged',
  MEMBER_TIMED_OUT: 'MemberTimedOut',
  CONVERSATION_UPDATED: 'ConversationUpdated',
  CONVERSATION_ARCHIVED: 'ConversationArchived',
  CONVERSATION_UNARCHIVED: 'ConversationUnarchived',
  CONTACT_ACCEPTED: 'ContactAccepted',
  CONTACT_DECLINED: 'ContactDeclined',
  SCHEDULED_MESSAGE_CHANGED: 'ScheduledMessageChanged',
  MEMBERSHIP_UPDATED: 'MembershipUpdated',
  READ_MARKED: 'ReadMarked',
  MESSAGE_HIDDEN: 'MessageHidden',
  THREAD_FOLLOWED: 'ThreadFollowed',
  RESTRICTED: 'Restricted',
  ACCOUNT_UPDATED: 'AccountUpdated',
  SIGNED_OUT: 'SignedOut',
  USER_BLOCKED: 'UserBlocked',
  USER_MUTED: 'UserMuted',
  CONVERSATION_JOINED: 'ConversationJoined',
  CONVERSATION_LEFT: 'ConversationLeft',
  RECEIPTS_ADVANCED: 'ReceiptsAdvanced',
  SUBSCRIBED: 'Subscribed',
  RESYNC_REQUIRED: 'ResyncRequired',
  ACCESS_REVOKED: 'AccessRevoked',
} as const
export const eventTypeName = (delivered: Delivered) =>
  TYPE_NAMES[
    delivered.kind === 'EVENT'
      ? delivered.event.kind
      : delivered.kind === 'EPHEMERAL'
        ? delivered.ephemeral.kind
        : delivered.kind
  ]

export const FeedEvent = builder.interfaceRef<Delivered>('FeedEvent').implement({
  description:
    'Whatever `feed` gives. New types may be added: ask for `__typename` and pass over what you do not know.',
  resolveType: eventTypeName,
  fields: (t) => ({
    cursor: t.string({
      description:
        'Where you are once you have this: give the newest one as `after` when you subscribe again, on whatever node.',
      resolve: ({ cursor }, _args, { parts }) => parts.cursors.encode(cursor),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When it happened. Order by seq, not by this.',
      resolve: (delivered) => (delivered.kind === 'EVENT' ? delivered.event.at : delivered.at),
    }),
    viewerUnread: t.field({
      type: UnreadTotals,
      ...dependsOnViewer,
      description:
        'What you have not read in all, as of now. Costs a query for you alone: select it in `feed` only where you show it.',
      resolve: (_delivered, _args, context) => unreadTotals(context),
    }),
  }),
})

const ConversationEvent = builder.interfaceRef<Delivered>('ConversationEvent').implement({
  description: 'Whatever `conversationEvents` gives. New types may be added.',
  interfaces: [FeedEvent],
  resolveType: eventTypeName,
})

export const LogEvent = builder.interfaceRef<Logged>('LogEvent').implement({
  description: 'An event of a log: of a conversation’s, or of a user’s own.',
  interfaces: [FeedEvent],
  resolveType: eventTypeName,
  fields: (t) => ({
    id: t.id({ description: 'Opaque; for `knownEvents`.', resolve: ({ event }) => encodeEventId(event) }),
    seq: t.field({
      type: 'NonNegativeInt',
      description: 'Gapless and in commit order within its log. An event is the same if conversation and seq are.',
      resolve: ({ event }) => event.seq,
    }),
    actor: t.field({
      type: User,
      nullable: true,
      description: 'Who did it.',
      resolve: ({ event }, _args, { loaders }) => (event.actorId === null ? null : loaders.user.load(event.actorId)),
    }),
  }),
})

const ConversationLogEvent = builder.interfaceRef<Logged>('ConversationLogEvent').implement({
  description: 'An event of a conversation’s log.',
  interfaces: [ConversationEvent, FeedEvent, LogEvent],
  resolveType: eventTypeName,
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where; to who has left since, only that it is there.',
      resolve: (delivered, _args, context) => conversationOfEvent(context, delivered),
    }),
  }),
})

export const inConversation = { interfaces: [ConversationLogEvent, ConversationEvent, FeedEvent, LogEvent] }

builder.objectRef<Extract<Delivered, { kind: 'EPHEMERAL' }>>('ReceiptsAdvanced').implement({
  interfaces: [ConversationEvent, FeedEvent],
  description:
    'A member has read further, or been reached further, by markRead or markDelivered; who says something has read what stands before it. Not of the log: it has no seq, and is lost to who is not there just now.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: 'Where.',
      resolve: ({ ephemeral }, _args, { loaders }) => loaders.conversation.load(ephemeral.streamId).then(there),
    }),
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ ephemeral }, _args, { loaders }) => loaders.user.load(ephemeral.userId).then(there),
    }),
    readSeq: t.int({ description: 'The seq up to which he has read.', resolve: ({ ephemeral }) => ephemeral.readSeq }),
    deliveredSeq: t.int({
      description: 'The seq up to which his devices have it.',
      resolve: ({ ephemeral }) => ephemeral.deliveredSeq,
    }),
  }),
})

builder.objectRef<Extract<Delivered, { kind: 'SUBSCRIBED' }>>('Subscribed').implement({
  interfaces: [ConversationEvent, FeedEvent],
  description: 'First of all, unless ResyncRequired comes at once: the place from which the subscription goes on.',
})

builder.objectRef<Extract<Delivered, { kind: 'RESYNC_REQUIRED' }>>('ResyncRequired').implement({
  interfaces: [ConversationEvent, FeedEvent],
  description:
    'Always last: what you have cannot be continued (the database was restored, say). Ask `knownEvents`, read again what changed, and subscribe with this cursor.',
})

export const AccessRevoked = builder
  .objectRef<Extract<Delivered, { kind: 'ACCESS_REVOKED' }>>('AccessRevoked')
  .implement({
    interfaces: [ConversationEvent, FeedEvent],
    description:
      'You are no longer a member. `conversationEvents`, `typing` and `presence` end with it; `feed` goes on with your other conversations.',
    fields: (t) => ({
      conversationId: t.id({
        description: 'Of what.',
        resolve: ({ conversationId }) => encodeId('conv', conversationId),
      }),
    }),
  })

const after =
  'The newest cursor that you have; what came since is given first. Without it, the subscription begins now.'

builder.subscriptionFields((t) => ({
  conversationEvents: t.field({
    type: ConversationEvent,
    description:
      'One conversation’s events in seq order: none missing and none twice, across reconnects and on any node.',
    args: {
      conversationId: t.arg.id({ required: true, description: 'The conversation.' }),
      after: t.arg.string({ description: after }),
      afterSeq: t.arg({
        type: 'NonNegativeInt',
        description: 'Without `after`: what came since the event of this seq, 0 for all, is given first.',
      }),
    },
    subscribe: (_, args, context) => conversationEvents(context, args),
    resolve: (delivered) => delivered,
  }),
  feed: t.field({
    type: FeedEvent,
    description:
      'The events of all your conversations and of your own log, with one cursor. The last moments before a cut may come again, with the same seq.',
    args: { after: t.arg.string({ description: after }) },
    subscribe: (_, args, context) => feed(context, args),
    resolve: (delivered) => delivered,
  }),
}))
