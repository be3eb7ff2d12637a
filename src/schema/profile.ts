/** What you say of yourself, and show to whom. */
import type { User as UserShape } from '../model.ts'
import { setStatus } from '../resolvers/set-status.ts'
import { updatePrivacy } from '../resolvers/update-privacy.ts'
import { updateProfile } from '../resolvers/update-profile.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import { Forbidden, IdempotencyConflict, InvalidInput, RateLimited, ServiceUnavailable } from './error.ts'
import { User } from './refs.ts'

export const Audience = builder.enumType('Audience', {
  description: 'To whom something of a user is open.',
  values: {
    EVERYBODY: { description: 'To all users of the tenant, but no guests.' },
    SHARED_CONVERSATION: { description: 'To those with whom he shares a conversation.' },
    NOBODY: { description: 'To nobody.' },
  } as const,
})

const youAre = (name: string) =>
  builder.objectRef<{ user: UserShape }>(name).implement({
    description: 'It is so.',
    fields: (t) => ({ user: t.field({ type: User, description: 'You.', resolve: ({ user }) => user }) }),
  })

const UpdateProfileInput = builder.inputType('UpdateProfileInput', {
  description: 'How you are shown; what is not given stays as it is.',
  fields: (t) => ({
    name: t.string({
      description: 'The name to show; null: as the customer’s back end calls you. Nothing in it may be invisible.',
    }),
    avatarUrl: t.field({ type: 'URL', description: 'A picture to show; null: none.' }),
    bio: t.string({ description: 'What you say of yourself; null: nothing.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const UpdateProfilePayload = youAre('UpdateProfilePayload')

const SetStatusInput = builder.inputType('SetStatusInput', {
  description: 'What you are doing; with neither text nor emoji nothing is shown.',
  fields: (t) => ({
    text: t.string({ description: 'In words.' }),
    emoji: t.string({ description: 'As one emoji.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'From then on nothing is shown; for good unless given.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const SetStatusPayload = youAre('SetStatusPayload')

const UpdatePrivacyInput = builder.inputType('UpdatePrivacyInput', {
  description: 'What others see of you.',
  fields: (t) => ({
    showReceipts: t.boolean({ description: 'Whether others see how far you have read; as it is unless given.' }),
    showLastSeen: t.boolean({ description: 'Whether others see when you were here last; as it is unless given.' }),
    presenceTo: t.field({
      type: Audience,
      description: 'Who sees whether you are here, and when you were last; as it is unless given.',
    }),
    messagesFrom: t.field({
      type: Audience,
      description:
        'Who may begin a direct conversation with you, or put you into another one; those that there are go on. As it is unless given.',
    }),
  }),
})
const UpdatePrivacyPayload = youAre('UpdatePrivacyPayload')

builder.mutationFields((t) => ({
  updateProfile: t.field({
    type: UpdateProfilePayload,
    description:
      'Sets your name, picture and bio. What you choose stays until the customer’s back end says something else of you than it said last; a token names you at first sight only.',
    args: { input: t.arg({ type: UpdateProfileInput, required: true, description: 'How you are shown.' }) },
    errors: { types: [Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => updateProfile(context, input),
  }),
  setStatus: t.field({
    type: SetStatusPayload,
    description: 'Sets what you are doing, for a while or for good.',
    args: { input: t.arg({ type: SetStatusInput, required: true, description: 'What you are doing.' }) },
    errors: { types: [Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => setStatus(context, input),
  }),
  updatePrivacy: t.field({
    type: UpdatePrivacyPayload,
    description: 'Sets what others see of you; repeating it changes nothing.',
    args: { input: t.arg({ type: UpdatePrivacyInput, required: true, description: 'What others see.' }) },
    errors: { types: [Forbidden, ServiceUnavailable] },
    resolve: (_, { input }, context) => updatePrivacy(context, input),
  }),
}))
