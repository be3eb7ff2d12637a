/** Files, and how they are sent. */

import type { Attachment as AttachmentShape } from '../files/attachment.ts'
import { encodeId } from '../lib/ids.ts'
import { completeUpload } from '../resolvers/complete-upload.ts'
import { type CreatedUpload, createUpload } from '../resolvers/create-upload.ts'
import { attachmentUrl, thumbnailUrl } from '../resolvers/message-attachments.ts'
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

const ScanState = builder.enumType('ScanState', {
  description: 'What a scanner has found.',
  values: {
    PENDING: { description: 'Nothing yet: it is given to nobody.' },
    CLEAN: { description: 'Nothing bad; or no scanner is set up.' },
    QUARANTINED: { description: 'Something bad: it is given to nobody.' },
  } as const,
})

export const Attachment = builder.objectRef<AttachmentShape>('Attachment').implement({
  description: 'A file of a message, or one that its uploader has not sent yet.',
  fields: (t) => ({
    id: t.id({ description: 'A TypeID with the prefix `file`.', resolve: ({ id }) => encodeId('file', id) }),
    name: t.exposeString('name', { description: 'Its name, without what was a path and what cannot be seen.' }),
    contentType: t.exposeString('contentType', { description: 'What it is, by its content.' }),
    bytes: t.exposeInt('bytes', { description: 'How large it is; of a picture, as it is served.' }),
    width: t.exposeInt('width', { nullable: true, description: 'Of a picture, in pixels.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Of a picture, in pixels.' }),
    scan: t.expose('scan', { type: ScanState, description: 'Whether it may be had.' }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description:
        'Where to get it, for five minutes at least: whoever holds the URL may, so read it anew rather than keep it. What a browser could run is only saved. null until it is uploaded and CLEAN.',
      resolve: (shape, _args, context) => attachmentUrl(context, shape),
    }),
    thumbnailUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'Of a picture: a small WebP of it, of 512 pixels at most.',
      resolve: (shape, _args, context) => thumbnailUrl(context, shape),
    }),
  }),
})

const UploadHeader = builder.objectRef<[string, string]>('UploadHeader').implement({
  description: 'A header to send along.',
  fields: (t) => ({
    name: t.string({ description: 'Its name.', resolve: ([name]) => name }),
    value: t.string({ description: 'Its value.', resolve: ([, value]) => value }),
  }),
})

const CreateUploadInput = builder.inputType('CreateUploadInput', {
  description: 'What is to be sent.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name.' }),
    contentType: t.string({
      required: true,
      description: 'What it is, as `image/png`; `application/octet-stream` for whatever it is. Its content must agree.',
    }),
    bytes: t.int({ required: true, description: 'How large it is, to the byte.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const CreateUploadPayload = builder.objectRef<CreatedUpload>('CreateUploadPayload').implement({
  description: 'Send it by an HTTP PUT to this URL, then ask completeUpload.',
  fields: (t) => ({
    attachment: t.field({
      type: Attachment,
      description: 'The file that is awaited.',
      resolve: ({ attachment }) => attachment,
    }),
    url: t.field({
      type: 'URL',
      description: 'Where to send it: it takes this file alone.',
      resolve: ({ url }) => url,
    }),
    headers: t.field({
      type: [UploadHeader],
      description: 'To be sent with it, to the letter; the Content-Length is `bytes`.',
      resolve: ({ headers }) => Object.entries(headers),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when.',
      resolve: ({ attachment }) => attachment.uploadExpiresAt,
    }),
  }),
})

const CompleteUploadInput = builder.inputType('CompleteUploadInput', {
  description: 'Which.',
  fields: (t) => ({
    attachmentId: t.id({ required: true, description: 'The file that was sent.' }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const CompleteUploadPayload = builder.objectRef<{ attachment: AttachmentShape }>('CompleteUploadPayload').implement({
  description: 'It is there, and yours to send within a day.',
  fields: (t) => ({
    attachment: t.field({ type: Attachment, description: 'The file.', resolve: ({ attachment }) => attachment }),
  }),
})

builder.mutationFields((t) => ({
  createUpload: t.field({
    type: CreateUploadPayload,
    description:
      'Makes room for a file. Send it to the URL that is answered, ask completeUpload, and name it in a message within a day; after that it is removed.',
    args: { input: t.arg({ type: CreateUploadInput, required: true, description: 'What is to be sent.' }) },
    errors: { types: [Forbidden, InvalidInput, LimitExceeded, RateLimited, IdempotencyConflict, ServiceUnavailable] },
    resolve: (_, { input }, context) => createUpload(context, input),
  }),
  completeUpload: t.field({
    type: CompleteUploadPayload,
    description:
      'Has a file looked at that was sent. One that is not as was said (its size, its type, a picture of too many pixels) is refused and removed.',
    args: { input: t.arg({ type: CompleteUploadInput, required: true, description: 'Which.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, LimitExceeded, RateLimited, IdempotencyConflict, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => completeUpload(context, input),
  }),
}))
