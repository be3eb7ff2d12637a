/** Threads: what hangs on a message. */
import {
  followsThread,
  followThread,
  lastReply,
  participants,
  threadMessages,
  threadUnread,
} from '../resolvers/thread.ts'
import { Unread } from './attention.ts'
import { builder, CLIENT_MUTATION_ID, dependsOnViewer } from './builder.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound, RateLimited, ServiceUnavailable } from './error.ts'
import { messagePayload } from './message-mutations.ts'
import { Message, Thread, User } from './refs.ts'

Thread.implement({
  description: 'Replies that hang on a message and do not stand in the conversation, unless they are said there, too.',
  fields: (t) => ({
    root: t.field({ type: Message, description: 'The message on which it hangs.', resolve: ({ root }) => root }),
    replyCount: t.exposeInt('replyCount', { description: 'How many replies it has that are not deleted.' }),
    lastReply: t.field({
      type: Message,
      nullable: true,
      description: 'The newest of them.',
      resolve: (shape, _args, context) => lastReply(context, shape),
    }),
    participants: t.field({
      type: [User],
      description: 'Who replied, in the order of their first replies: the first 20.',
      resolve: (shape, _args, context) => participants(context, shape),
    }),
    messages: t.connection({
      type: Message,
      ...dependsOnViewer,
      description: 'Its replies, oldest first. Without first and last: the newest.',
      args: { around: t.arg.id({ description: 'The id of a reply.' }) },
      resolve: (shape, args, context) => threadMessages(context, shape, args),
    }),
    viewerUnread: t.field({
      type: Unread,
      nullable: true,
      ...dependsOnViewer,
      description: 'What you have not read in it; null while you do not follow it.',
      resolve: (shape, _args, context) => threadUnread(context, shape),
    }),
    viewerFollowing: t.boolean({
      ...dependsOnViewer,
      description:
        'Whether you follow it: you do if you have written its root or a reply, or were mentioned in one, unless you have said otherwise.',
      resolve: (shape, _args, context) => followsThread(context, shape),
    }),
  }),
})

const FollowThreadInput = builder.inputType('FollowThreadInput', {
  description: 'Which thread.',
  fields: (t) => ({
    threadId: t.id({ required: true, description: 'The message on which it hangs.' }),
    following: t.boolean({ required: true, description: 'false: no longer.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const FollowThreadPayload = messagePayload('FollowThreadPayload', 'You do; or do not.')

builder.mutationField('followThread', (t) =>
  t.field({
    type: FollowThreadPayload,
    description: 'Follows a thread, or no longer: what is said in a thread that you follow counts as unread for you.',
    args: { input: t.arg({ type: FollowThreadInput, required: true, description: 'Which thread.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => followThread(context, input),
  }),
)
