/** Forgetting a user, and the receipt of it. */
import type { Erasure as ErasureShape } from '../accounts/erasures.ts'
import { encodeId } from '../lib/ids.ts'
import { eraseMe, eraseUser } from '../resolvers/erase-user.ts'
import { erasure } from '../resolvers/erasure.ts'
import { builder } from './builder.ts'
import { Forbidden, InvalidInput, NotFound, ServiceUnavailable } from './error.ts'

const ErasedRows = builder.objectRef<{ table: string; rows: number }>('ErasedRows').implement({
  description: 'What was erased of one table.',
  fields: (t) => ({
    table: t.exposeString('table', { description: 'Its name in the database.' }),
    rows: t.exposeInt('rows', { description: 'How many rows were deleted or emptied.' }),
  }),
})

const Erasure = builder.objectRef<ErasureShape>('Erasure').implement({
  description: 'That a user is forgotten: how far it has come, and what was erased.',
  fields: (t) => ({
    id: t.id({ description: 'For `erasure`.', resolve: ({ id }) => encodeId('erasure', id) }),
    userId: t.id({ description: 'Who it was.', resolve: ({ userId }) => encodeId('usr', userId) }),
    byUser: t.exposeBoolean('byUser', { description: 'Whether he asked for it himself.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When nothing was left; null until then.',
    }),
    receipt: t.field({
      type: [ErasedRows],
      description: 'What was erased so far.',
      resolve: ({ receipt }) => Object.entries(receipt).map(([table, rows]) => ({ table, rows })),
    }),
  }),
})

const CONFIRM = 'The `externalId` of whoever is to be erased, so that nobody is by mistake.'

const EraseMeInput = builder.inputType('EraseMeInput', {
  description: 'That it is meant.',
  fields: (t) => ({ confirmExternalId: t.string({ required: true, description: CONFIRM }) }),
})
const EraseUserInput = builder.inputType('EraseUserInput', {
  description: 'Whom, and that it is meant.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'Whom.' }),
    confirmExternalId: t.string({ required: true, description: CONFIRM }),
  }),
})

const payload = (name: string) =>
  builder.objectRef<{ erasure: ErasureShape }>(name).implement({
    description: 'He is nobody from now on; what he left is erased by and by.',
    fields: (t) => ({
      erasure: t.field({ type: Erasure, description: 'How far it has come.', resolve: (shape) => shape.erasure }),
    }),
  })
const EraseMePayload = payload('EraseMePayload')
const EraseUserPayload = payload('EraseUserPayload')

builder.queryField('erasure', (t) =>
  t.field({
    type: Erasure,
    nullable: true,
    description: 'How far it has come that a user is forgotten. With a server key of scope `users:write`.',
    args: { id: t.arg.id({ required: true, description: 'As `eraseMe` or `eraseUser` answered it.' }) },
    resolve: (_, { id }, context) => erasure(context, id),
  }),
)

builder.mutationFields((t) => ({
  eraseMe: t.field({
    type: EraseMePayload,
    description:
      'Forgets you, for good: your name and all that you told of yourself is gone at once and you are signed out everywhere; then your messages are deleted, your reactions taken back and your memberships ended. What others said stays.',
    args: { input: t.arg({ type: EraseMeInput, required: true, description: 'That it is meant.' }) },
    errors: { types: [Forbidden, InvalidInput, ServiceUnavailable] },
    resolve: (_, { input }, context) => eraseMe(context, input),
  }),
  eraseUser: t.field({
    type: EraseUserPayload,
    description:
      'Forgets a user as `eraseMe` does; asked again it answers the same, and goes on with what was left lying for a minute. With a server key of scope `users:write`.',
    args: { input: t.arg({ type: EraseUserInput, required: true, description: 'Whom, and that it is meant.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, ServiceUnavailable] },
    resolve: (_, { input }, context) => eraseUser(context, input),
  }),
}))
