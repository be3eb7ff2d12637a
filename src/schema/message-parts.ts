/** What messages are made of: their urgency, mentions, revisions and reactions. */
import type { Revision } from '../messages/history.ts'
import type { Mention as MentionShape } from '../model.ts'
import { type MessageReaction, reactionUsers, viewerReacted } from '../resolvers/message-details.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { User } from './refs.ts'

export const Urgency = builder.enumType('Urgency', {
  description: 'How much a message asks for attention: what the application and its notifications make of it.',
  values: {
    LOW: { description: 'Whenever there is time.' },
    NORMAL: { description: 'As usual.' },
    HIGH: { description: 'Soon.' },
    URGENT: { description: 'Now.' },
  } as const,
})

export const MentionKind = builder.enumType('MentionKind', {
  description: 'Who is mentioned.',
  values: {
    USER: { description: 'One user.' },
    HERE: { description: 'Everybody who is there.' },
    ALL: { description: 'Everybody.' },
  } as const,
})

export const Mention = builder.objectRef<MentionShape>('Mention').implement({
  description: 'A range of the text that names somebody. Show the user’s present name in its place.',
  fields: (t) => ({
    kind: t.expose('kind', { type: MentionKind, description: 'Who is mentioned.' }),
    user: t.field({
      type: User,
      nullable: true,
      description: 'Whom, of kind USER.',
      resolve: ({ userId }, _args, { loaders }) => (userId === null ? null : loaders.user.load(userId)),
    }),
    start: t.exposeInt('start', { description: 'Where it begins in the text, in UTF-16 units.' }),
    length: t.exposeInt('length', { description: 'How long it is, in UTF-16 units.' }),
  }),
})

export const MessageRevision = builder.objectRef<Revision>('MessageRevision').implement({
  description: 'What a message said before one of its edits.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Its number; 0 is what was sent.' }),
    text: t.exposeString('text', { description: 'What it said.' }),
    mentions: t.field({ type: [Mention], description: 'Whom it mentioned.', resolve: ({ mentions }) => mentions }),
    metadata: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'The application’s own details.',
      resolve: ({ metadata }) => metadata,
    }),
    writtenAt: t.expose('writtenAt', { type: 'DateTime', description: 'Since when it said so.' }),
  }),
})

export const Reaction = builder.objectRef<MessageReaction>('Reaction').implement({
  description: 'One emoji under a message.',
  fields: (t) => ({
    emoji: t.exposeString('emoji', { description: 'The emoji.' }),
    count: t.exposeInt('count', { description: 'How many reacted with it.' }),
    viewerReacted: t.boolean({
      ...dependsOnViewer,
      description: 'Whether you are among them.',
      resolve: (shape, _args, context) => viewerReacted(context, shape),
    }),
    users: t.connection({
      type: User,
      description: 'Who they are, in the order in which they reacted.',
      resolve: (shape, args, context) => reactionUsers(context, shape, args),
    }),
  }),
})
