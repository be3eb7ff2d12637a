/** What a user is given of himself. */
import type { Export as ExportShape } from '../accounts/exports.ts'
import { encodeId } from '../lib/ids.ts'
import { exportById, exportMyData, exportUrl, exportUser, percentOf } from '../resolvers/export.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  LimitExceeded,
  NotFound,
  RateLimited,
  ServiceUnavailable,
} from './error.ts'

const ExportState = builder.enumType('ExportState', {
  description: 'How far an export has come.',
  values: {
    WAITING: { description: 'It will begin within seconds.' },
    RUNNING: { description: 'It is being written; what was written outlives a crash.' },
    READY: { description: 'It can be downloaded.' },
    FAILED: { description: 'It could not be written: ask again, and tell the operator.' },
    EXPIRED: { description: 'Its time is over, or its user is being erased: it is gone.' },
  } as const,
})

export const Export = builder.objectRef<ExportShape>('Export').implement({
  description: 'All that is kept of a user, in one ZIP: rows as JSON, a line each, and his files.',
  fields: (t) => ({
    id: t.id({ description: 'For `export`.', resolve: ({ id }) => encodeId('export', id) }),
    userId: t.id({ description: 'Of whom.', resolve: ({ userId }) => encodeId('usr', userId) }),
    state: t.expose('state', { type: ExportState, description: 'How far it has come.' }),
    percent: t.int({
      description: 'How much of his conversations is looked through.',
      resolve: (shape) => percentOf(shape),
    }),
    messages: t.float({
      description: 'How many messages are written so far.',
      resolve: ({ messages }) => Number(messages),
    }),
    bytes: t.float({ description: 'How many bytes are written so far.', resolve: ({ bytes }) => Number(bytes) }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it was READY.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it can be had: seven days, or until he is erased.',
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description:
        'Where to get it, for ten minutes: whoever holds the URL may, so read it anew rather than keep it. A download that broke off goes on with `Range`. null unless it is READY.',
      resolve: (shape, _args, context) => exportUrl(context, shape),
    }),
  }),
})

const ExportMyDataInput = builder.inputType('ExportMyDataInput', {
  description: 'Nothing needs to be said.',
  fields: (t) => ({ clientMutationId: t.string({ description: CLIENT_MUTATION_ID }) }),
})
const ExportUserInput = builder.inputType('ExportUserInput', {
  description: 'Of whom.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'Of whom.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})

const payload = (name: string) =>
  builder.objectRef<{ export: ExportShape }>(name).implement({
    description: 'It is written by and by.',
    fields: (t) => ({
      export: t.field({ type: Export, description: 'How far it has come.', resolve: (shape) => shape.export }),
    }),
  })
const ExportMyDataPayload = payload('ExportMyDataPayload')
const ExportUserPayload = payload('ExportUserPayload')

builder.queryField('export', (t) =>
  t.field({
    type: Export,
    nullable: true,
    description:
      'How far it has come that a user is given what is kept of him. With a server key of scope `users:write`.',
    args: { id: t.arg.id({ required: true, description: 'As `exportUser` answered it.' }) },
    resolve: (_, { id }, context) => exportById(context, id),
  }),
)

const EXPECTED = [Forbidden, InvalidInput, LimitExceeded, RateLimited, IdempotencyConflict, ServiceUnavailable]

builder.mutationFields((t) => ({
  exportMyData: t.field({
    type: ExportMyDataPayload,
    description:
      'Has all that is kept of you written into one archive: your profile, messages with what they said before, reactions, files, settings, where you were signed in. What others said is not in it. While one is under way it is answered; `viewer { exports }` shows how far it has come.',
    args: { input: t.arg({ type: ExportMyDataInput, required: true, description: 'Nothing needs to be said.' }) },
    errors: { types: [NotFound, ...EXPECTED] },
    resolve: (_, { input }, context) => exportMyData(context, input),
  }),
  exportUser: t.field({
    type: ExportUserPayload,
    description: 'The same of a user. With a server key of scope `users:write`; `export` shows how far it has come.',
    args: { input: t.arg({ type: ExportUserInput, required: true, description: 'Of whom.' }) },
    errors: { types: [NotFound, ...EXPECTED] },
    resolve: (_, { input }, context) => exportUser(context, input),
  }),
}))
