/** Conversations and their members. */
import { encodeId } from '../lib/ids.ts'
import type { Conversation as ConversationShape, Membership as MembershipShape } from '../model.ts'
import { addMembers } from '../resolvers/add-members.ts'
import { conversation } from '../resolvers/conversation.ts'
import { conversationMembers } from '../resolvers/conversation-members.ts'
import { conversationMessages } from '../resolvers/conversation-messages.ts'
import { conversations } from '../resolvers/conversations.ts'
import { createConversation } from '../resolvers/create-conversation.ts'
import { leaveConversation } from '../resolvers/leave-conversation.ts'
import { openDirectConversation } from '../resolvers/open-direct-conversation.ts'
import { removeMember } from '../resolvers/remove-member.ts'
import { viewerMembership } from '../resolvers/viewer-membership.ts'
import { builder, dependsOnViewer } from './builder.ts'
import { Forbidden, InvalidInput, LimitExceeded, NotFound, ServiceUnavailable } from './error.ts'
import { Conversation, Message, there, User } from './refs.ts'

const kinds = {
  GROUP: { description: 'By invitation.' },
  CHANNEL: { description: 'Around a subject.' },
  BROADCAST: { description: 'Only owners and managers post.' },
} as const
const ConversationKind = builder.enumType('ConversationKind', {
  description: 'What sort of conversation it is.',
  values: { DIRECT: { description: 'Of two, one for each pair.' }, ...kinds } as const,
})
const NewConversationKind = builder.enumType('NewConversationKind', {
  description: 'What sort of conversation to begin.',
  values: kinds,
})

export const MemberRole = builder.enumType('MemberRole', {
  description: 'What a member is in one conversation.',
  values: {
    OWNER: { description: 'Began it; may do everything.' },
    MANAGER: { description: 'Changes its members.' },
    MODERATOR: { description: 'Keeps order.' },
    MEMBER: { description: 'Reads and posts.' },
    GUEST: { description: 'Here for a while.' },
  } as const,
})

const Membership = builder.objectRef<MembershipShape>('Membership').implement({
  description: 'Somebody in a conversation.',
  fields: (t) => ({
    user: t.field({
      type: User,
      description: 'Who.',
      resolve: ({ userId }, _args, { loaders }) => loaders.user.load(userId).then(there),
    }),
    role: t.expose('role', { type: MemberRole, description: 'What he is in it.' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'Since when.' }),
    joinedSeq: t.exposeInt('joinedSeq', { description: 'The seq of the event by which he joined.' }),
  }),
})

builder.node(Conversation, {
  description: 'Members, and a log of what happens among them.',
  id: { description: 'A TypeID with the prefix `conv`.', resolve: ({ id }) => encodeId('conv', id) },
  fields: (t) => ({
    kind: t.expose('kind', { type: ConversationKind, description: 'What sort of conversation it is.' }),
    title: t.exposeString('title', { nullable: true, description: 'Its name; a DIRECT one has none.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was begun.' }),
    createdBy: t.field({
      type: User,
      nullable: true,
      description: 'Who began it.',
      resolve: ({ createdBy }, _args, { loaders }) => (createdBy === null ? null : loaders.user.load(createdBy)),
    }),
    memberCount: t.int({
      description: 'How many members it has now.',
      resolve: (shape, _args, { parts }) => parts.memberships.count(shape),
    }),
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
    description: 'One of your conversations.',
    args: { id: t.arg.id({ required: true, description: 'Its TypeID.' }) },
    resolve: (_, { id }, context) => conversation(context, id),
  }),
  conversations: t.connection({
    type: Conversation,
    ...dependsOnViewer,
    description: 'Your conversations, newest activity first.',
    resolve: (_, args, context) => conversations(context, args),
  }),
}))

const CreateConversationInput = builder.inputType('CreateConversationInput', {
  description: 'What to begin, and with whom.',
  fields: (t) => ({
    kind: t.field({ type: NewConversationKind, required: true, description: 'What sort of conversation.' }),
    title: t.string({ description: 'Its name.' }),
    memberIds: t.idList({ required: true, description: 'Users to begin with, besides you.' }),
  }),
})
const OpenDirectConversationInput = builder.inputType('OpenDirectConversationInput', {
  description: 'With whom.',
  fields: (t) => ({ userId: t.id({ required: true, description: 'The other user.' }) }),
})
const AddMembersInput = builder.inputType('AddMembersInput', {
  description: 'Whom to add to what.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userIds: t.idList({ required: true, description: 'Users; who is a member already stays as he is.' }),
  }),
})
const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'Whom to remove from what.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The member.' }),
  }),
})
const LeaveConversationInput = builder.inputType('LeaveConversationInput', {
  description: 'What to leave.',
  fields: (t) => ({ conversationId: t.id({ required: true, description: 'The conversation.' }) }),
})

const payload = (name: string, description: string) =>
  builder.objectRef<{ conversation: ConversationShape }>(name).implement({
    description,
    fields: (t) => ({
      conversation: t.field({
        type: Conversation,
        description: 'The conversation, as it is now.',
        resolve: (shape) => shape.conversation,
      }),
    }),
  })
const CreateConversationPayload = payload('CreateConversationPayload', 'The conversation was begun.')
const OpenDirectConversationPayload = payload(
  'OpenDirectConversationPayload',
  'The conversation of the two: a new one, or that which there was.',
)
const AddMembersPayload = payload('AddMembersPayload', 'They are members.')
const RemoveMemberPayload = payload('RemoveMemberPayload', 'He is no longer a member.')
const LeaveConversationPayload = builder.objectRef<{ conversationId: string }>('LeaveConversationPayload').implement({
  description: 'You are no longer a member.',
  fields: (t) => ({ conversationId: t.exposeID('conversationId', { description: 'What you have left.' }) }),
})

builder.mutationFields((t) => ({
  createConversation: t.field({
    type: CreateConversationPayload,
    description: 'Begins a conversation; you become its owner.',
    args: { input: t.arg({ type: CreateConversationInput, required: true, description: 'What to begin.' }) },
    errors: { types: [NotFound, InvalidInput, LimitExceeded, ServiceUnavailable] },
    resolve: (_, { input }, context) => createConversation(context, input),
  }),
  openDirectConversation: t.field({
    type: OpenDirectConversationPayload,
    description: 'The conversation of you and another user; there is one a pair, whoever opens it first.',
    args: { input: t.arg({ type: OpenDirectConversationInput, required: true, description: 'With whom.' }) },
    errors: { types: [NotFound, InvalidInput, ServiceUnavailable] },
    resolve: (_, { input }, context) => openDirectConversation(context, input),
  }),
  addMembers: t.field({
    type: AddMembersPayload,
    description: 'Adds users to a conversation that you manage.',
    args: { input: t.arg({ type: AddMembersInput, required: true, description: 'Whom to add to what.' }) },
    errors: { types: [NotFound, Forbidden, LimitExceeded, ServiceUnavailable] },
    resolve: (_, { input }, context) => addMembers(context, input),
  }),
  removeMember: t.field({
    type: RemoveMemberPayload,
    description: 'Removes a member from a conversation that you manage. He hears nothing more.',
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: 'Whom to remove from what.' }) },
    errors: { types: [NotFound, Forbidden, ServiceUnavailable] },
    resolve: (_, { input }, context) => removeMember(context, input),
  }),
  leaveConversation: t.field({
    type: LeaveConversationPayload,
    description: 'Ends your own membership.',
    args: { input: t.arg({ type: LeaveConversationInput, required: true, description: 'What to leave.' }) },
    errors: { types: [NotFound, Forbidden, ServiceUnavailable] },
    resolve: (_, { input }, context) => leaveConversation(context, input),
  }),
}))
