/** Messages, and what hangs on them. */
import { encodeId } from '../lib/ids.ts'
import { messageAttachments } from '../resolvers/message-attachments.ts'
import {
  isCollapsed,
  messageCapabilities,
  messageReactions,
  messageRevisions,
  namedMessage,
} from '../resolvers/message-details.ts'
import { conversationOfMessage } from '../resolvers/named-conversation.ts'
import { threadOf } from '../resolvers/thread.ts'
import { Attachment } from './attachment.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { Capability } from './capability.ts'
import { Mention, MessageRevision, Reaction, Urgency } from './message-parts.ts'
import { Conversation, Message, Thread, User } from './refs.ts'

builder.node(Message, {
  description: 'What a member said.',
  id: {
    description: 'A TypeID with the prefix `msg`; ids order as seq does.',
    resolve: ({ id }) => encodeId('msg', id),
  },
  fields: (t) => ({
    seq: t.field({
      type: 'NonNegativeInt',
      description: 'Its place in the conversation’s log. Gapless over all events, not over messages.',
      resolve: ({ seq }) => seq,
    }),
    conversation: t.field({
      type: Conversation,
      description: 'Where it was said.',
      resolve: (shape, _args, context) => conversationOfMessage(context, shape),
    }),
    author: t.field({
      type: User,
      nullable: true,
      description: 'Who said it; null: the system.',
      resolve: ({ authorId }, _args, { loaders }) => (authorId === null ? null : loaders.user.load(authorId)),
    }),
    clientMessageId: t.exposeString('clientMessageId', {
      description: 'The id that the author’s client gave it: how a client knows its own message again.',
    }),
    text: t.exposeString('text', {
      description:
        'What was said, to the letter: the Markdown of docs/FORMATTING.md as its source. Empty once it is deleted.',
    }),
    mentions: t.field({
      type: [Mention],
      description: 'Whom it mentions, in order of the text.',
      resolve: ({ mentions }) => mentions,
    }),
    attachments: t.field({
      type: [Attachment],
      description: 'Its files, in the order in which they are to be shown. Gone once it is deleted.',
      resolve: (shape, _args, context) => messageAttachments(context, shape),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is to go by itself.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    urgency: t.expose('urgency', { type: Urgency, description: 'How much it asks for attention.' }),
    silent: t.exposeBoolean('silent', { description: 'Whether nobody is told, and it counts as unread for nobody.' }),
    replyTo: t.field({
      type: Message,
      nullable: true,
      description: 'The message that it answers; null also where you do not see that one.',
      resolve: (shape, _args, context) => namedMessage(context, shape, shape.replyToId),
    }),
    thread: t.field({
      type: Thread,
      nullable: true,
      description: 'What hangs on it; null until somebody replies in its thread.',
      resolve: (shape, _args, context) => threadOf(context, shape),
    }),
    threadRoot: t.field({
      type: Message,
      nullable: true,
      description: 'The message in whose thread it was said; null also where you do not see that one.',
      resolve: (shape, _args, context) => namedMessage(context, shape, shape.threadId),
    }),
    inThread: t.boolean({
      description: 'Whether it was said in a thread: also where you do not see that one’s root.',
      resolve: ({ threadId }) => threadId !== null,
    }),
    alsoInConversation: t.exposeBoolean('alsoInConversation', {
      description: 'Whether a reply in a thread stands in the conversation, too.',
    }),
    collapsed: t.boolean({
      description: 'Whether to show only that something was said: you have blocked or muted its author.',
      resolve: isCollapsed,
    }),
    metadata: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'The application’s own details.',
      resolve: ({ metadata }) => metadata,
    }),
    reactions: t.field({
      type: [Reaction],
      description: 'The reactions, in the order in which each emoji first came.',
      resolve: (shape, _args, context) => messageReactions(context, shape),
    }),
    revision: t.exposeInt('revision', { description: 'How often it was edited.' }),
    revisions: t.connection({
      type: MessageRevision,
      description: 'What it said before each edit, newest first. Gone once it is deleted.',
      resolve: (shape, args, context) => messageRevisions(context, shape, args),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was stored. Order by seq, not by this.',
    }),
    editedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last edited.',
      resolve: ({ editedAt }) => editedAt,
    }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was deleted: of what it said nothing is left.',
      resolve: ({ deletedAt }) => deletedAt,
    }),
    pinnedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is pinned.',
      resolve: ({ pinnedAt }) => pinnedAt,
    }),
    pinnedBy: t.field({
      type: User,
      nullable: true,
      description: 'Who pinned it.',
      resolve: ({ pinnedBy }, _args, { loaders }) => (pinnedBy === null ? null : loaders.user.load(pinnedBy)),
    }),
    capabilities: t.field({
      type: [Capability],
      ...dependsOnViewer,
      description: 'What you may do with it.',
      resolve: (shape, _args, context) => messageCapabilities(context, shape),
    }),
  }),
})
