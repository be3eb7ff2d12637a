/** Who comes, goes and decides in a conversation. */
import { addMembers } from '../resolvers/add-members.ts'
import { changeMembers } from '../resolvers/change-members.ts'
import { joinConversation } from '../resolvers/join-conversation.ts'
import { leaveConversation } from '../resolvers/leave-conversation.ts'
import { removeMember } from '../resolvers/remove-member.ts'
import { setMemberRole } from '../resolvers/set-member-role.ts'
import { transferOwnership } from '../resolvers/transfer-ownership.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { conversationPayload } from './conversation-payload.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  LimitExceeded,
  NotFound,
  RateLimited,
  ServiceUnavailable,
} from './error.ts'
import { AssignableRole, MemberRole } from './membership.ts'

const NewMember = builder.inputType('NewMemberInput', {
  description: 'Whom to add, and as what.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'The user.' }),
    role: t.field({ type: MemberRole, description: 'As what; MEMBER unless given.' }),
  }),
})

const JoinConversationInput = builder.inputType('JoinConversationInput', {
  description: 'Which one.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const JoinConversationPayload = conversationPayload('JoinConversationPayload', 'You are a member.')

const LeaveConversationInput = builder.inputType('LeaveConversationInput', {
  description: 'What to leave.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const LeaveConversationPayload = builder.objectRef<{ conversationId: string }>('LeaveConversationPayload').implement({
  description: 'You are no longer a member.',
  fields: (t) => ({ conversationId: t.exposeID('conversationId', { description: 'What you have left.' }) }),
})

const AddMembersInput = builder.inputType('AddMembersInput', {
  description: 'Whom to add to what.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userIds: t.idList({ required: true, description: 'Users; who is a member already stays as he is.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const AddMembersPayload = conversationPayload('AddMembersPayload', 'They are members.')

const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'Whom to remove from what.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The member.' }),
    reason: t.string({ description: 'Why, in words that he is told.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const RemoveMemberPayload = conversationPayload('RemoveMemberPayload', 'He is no longer a member.')

const SetMemberRoleInput = builder.inputType('SetMemberRoleInput', {
  description: 'Whom to make what.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The member.' }),
    role: t.field({ type: AssignableRole, required: true, description: 'What he is to be.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const SetMemberRolePayload = conversationPayload('SetMemberRolePayload', 'He is that now.')

const TransferOwnershipInput = builder.inputType('TransferOwnershipInput', {
  description: 'To whom.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    userId: t.id({ required: true, description: 'The member.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const TransferOwnershipPayload = conversationPayload('TransferOwnershipPayload', 'He is the owner.')

const ChangeMembersInput = builder.inputType('ChangeMembersInput', {
  description: 'Whom to add to it and remove from it.',
  fields: (t) => ({
    conversationId: t.id({ required: true, description: 'The conversation.' }),
    add: t.field({ type: [NewMember], description: 'Users; who is a member already stays as he is.' }),
    remove: t.idList({ description: 'Members; who is none already stays so.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const ChangeMembersPayload = conversationPayload('ChangeMembersPayload', 'It is so.')

builder.mutationFields((t) => ({
  joinConversation: t.field({
    type: JoinConversationPayload,
    description: 'Joins a public channel.',
    args: { input: t.arg({ type: JoinConversationInput, required: true, description: 'Which one.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => joinConversation(context, input),
  }),
  leaveConversation: t.field({
    type: LeaveConversationPayload,
    description: 'Ends your own membership. The last owner hands his ownership on first.',
    args: { input: t.arg({ type: LeaveConversationInput, required: true, description: 'What to leave.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => leaveConversation(context, input),
  }),
  addMembers: t.field({
    type: AddMembersPayload,
    description:
      'Adds users to a conversation that you manage: all of them, or nobody when one does not take it from you (`messagesFrom`).',
    args: { input: t.arg({ type: AddMembersInput, required: true, description: 'Whom to add to what.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, LimitExceeded, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => addMembers(context, input),
  }),
  removeMember: t.field({
    type: RemoveMemberPayload,
    description: 'Removes a member. He hears nothing more.',
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: 'Whom to remove from what.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => removeMember(context, input),
  }),
  setMemberRole: t.field({
    type: SetMemberRolePayload,
    description: 'Makes a member something else.',
    args: { input: t.arg({ type: SetMemberRoleInput, required: true, description: 'Whom to make what.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => setMemberRole(context, input),
  }),
  transferOwnership: t.field({
    type: TransferOwnershipPayload,
    description: 'Hands your ownership on to another member; you stay as a manager.',
    args: { input: t.arg({ type: TransferOwnershipInput, required: true, description: 'To whom.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => transferOwnership(context, input),
  }),
  changeMembers: t.field({
    type: ChangeMembersPayload,
    description: 'Changes a conversation’s members, all or nothing. With a server key of scope `conversations:write`.',
    args: {
      input: t.arg({ type: ChangeMembersInput, required: true, description: 'Whom to add to it and remove from it.' }),
    },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, LimitExceeded, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => changeMembers(context, input),
  }),
}))
