/** Who is typing: told, and listened to. Not of the log. */
import { encodeId } from '../lib/ids.ts'
import { setTyping, type Typed } from '../resolvers/set-typing.ts'
import { type TypingUpdate as TypingUpdateShape, typing } from '../resolvers/typing.ts'
import { builder } from './builder.ts'
import { Forbidden, NotFound, ServiceUnavailable } from './error.ts'
import { AccessRevoked } from './event.ts'
import { there, User } from './refs.ts'

const TypingMembers = builder.objectRef<Extract<TypingUpdateShape, { kind: 'TYPING' }>>('TypingMembers').implement({
  description: 'Who is typing, as it is now: it replaces what was given before.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Where.', resolve: (shape) => encodeId('conv', shape.conversationId) }),
    shown: t.boolean({
      description:
        'false: this is not shown here, as in a broadcast, or with more members here than `limits { typingMembersOnline }`.',
      resolve: (shape) => shape.isShown,
    }),
    users: t.field({
      type: [User],
      description: 'They are, you among them if you are; in the order in which they began.',
      resolve: ({ userIds }, _args, { loaders }) => userIds.map((userId) => loaders.user.load(userId).then(there)),
    }),
  }),
})

const TypingUpdate = builder.unionType('TypingUpdate', {
  description: 'Whatever `typing` gives. New types may be added.',
  types: [TypingMembers, AccessRevoked],
  resolveType: ({ kind }) => (kind === 'TYPING' ? TypingMembers : AccessRevoked),
})

builder.subscriptionField('typing', (t) =>
  t.field({
    type: TypingUpdate,
    description:
      'Who is typing in a conversation: first as it is, then when it has changed, at most once a second. Nobody is listed for longer than 6 seconds after he said it last.',
    args: { conversationId: t.arg.id({ required: true, description: 'The conversation.' }) },
    subscribe: (_, args, context) => typing(context, args),
    resolve: (update) => update,
  }),
)

const SetTypingInput = builder.inputType('SetTypingInput', {
  description: 'Where, and whether.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    isTyping: t.boolean({ required: true, description: 'false: no longer. Sending a message says it, too.' }),
  }),
})
const SetTypingPayload = builder.objectRef<Typed>('SetTypingPayload').implement({
  description: 'It is on its way to those who listen just now.',
  fields: (t) => ({
    conversationId: t.id({ description: 'Where.', resolve: (shape) => encodeId('conv', shape.conversationId) }),
    shownUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends unless it is said again; null when it is not shown.',
      resolve: (shape) => shape.shownUntil,
    }),
  }),
})

builder.mutationField('setTyping', (t) =>
  t.field({
    type: SetTypingPayload,
    description:
      'Tells that you are typing, for the next 6 seconds. While you go on, say it again every 3 seconds; more often is not told.',
    args: { input: t.arg({ type: SetTypingInput, required: true, description: 'Where, and whether.' }) },
    errors: { types: [NotFound, Forbidden, ServiceUnavailable] },
    resolve: (_, { input }, context) => setTyping(context, input),
  }),
)
