/** Reporting messages and users. */
import type { ReportReason as Reason } from '../moderation/reasons.ts'
import type { Report as ReportShape } from '../resolvers/report.ts'
import { reportMessage } from '../resolvers/report-message.ts'
import { type ReasonShown, reasonsShown } from '../resolvers/report-reasons.ts'
import { reportUser } from '../resolvers/report-user.ts'
import { builder, CLIENT_MUTATION_ID } from './builder.ts'
import {
  Forbidden,
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  RateLimited,
  ServiceUnavailable,
  StaleWrite,
} from './error.ts'

const ReportReason = builder.enumType('ReportReason', {
  description: 'Why something is reported.',
  values: Object.fromEntries(reasonsShown.map(({ reason, description }) => [reason, { description }])) as {
    [Name in Reason]: { description: string }
  },
})

const ReportReasonShown = builder.objectRef<ReasonShown>('ReportReasonShown').implement({
  description: 'A reason, as an app shows it to choose from.',
  fields: (t) => ({
    reason: t.expose('reason', { type: ReportReason, description: 'For `reportMessage` and `reportUser`.' }),
    title: t.exposeString('title', { description: 'In English, in a few words.' }),
    description: t.exposeString('description', { description: 'What it is meant for.' }),
    needsComment: t.exposeBoolean('needsComment', { description: 'Whether a report for it must say more.' }),
  }),
})

builder.queryField('reportReasons', (t) =>
  t.field({
    type: [ReportReasonShown],
    description: 'Why something can be reported.',
    resolve: () => [...reasonsShown],
  }),
)

const Report = builder.objectRef<ReportShape>('Report').implement({
  description: 'A report of yours. Nobody but the operator learns of it.',
  fields: (t) => ({
    reason: t.expose('reason', { type: ReportReason, description: 'Why.' }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When you reported it first for this reason: again it stays the same report.',
    }),
  }),
})

const COMMENT = 'What the operator should know besides; of OTHER it must be there.'

const ReportMessageInput = builder.inputType('ReportMessageInput', {
  description: 'What, and why.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'A message that you see and have not said yourself.' }),
    reason: t.field({ type: ReportReason, required: true, description: 'Why.' }),
    comment: t.string({ description: COMMENT }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})
const ReportUserInput = builder.inputType('ReportUserInput', {
  description: 'Whom, and why.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'Another user than you.' }),
    reason: t.field({ type: ReportReason, required: true, description: 'Why.' }),
    comment: t.string({ description: COMMENT }),
    clientMutationId: t.string({ description: CLIENT_MUTATION_ID }),
  }),
})

const payload = (name: string) =>
  builder.objectRef<{ report: ReportShape }>(name).implement({
    description: 'It is reported.',
    fields: (t) => ({
      report: t.field({ type: Report, description: 'Your report.', resolve: (shape) => shape.report }),
    }),
  })
const ReportMessagePayload = payload('ReportMessagePayload')
const ReportUserPayload = payload('ReportUserPayload')

builder.mutationFields((t) => ({
  reportMessage: t.field({
    type: ReportMessagePayload,
    description:
      'Tells the operator of a message, which is kept for him as you see it, with a few around it. Its author is not told. For CHILD_SAFETY it is hidden at once: for all it is a deleted one.',
    args: { input: t.arg({ type: ReportMessageInput, required: true, description: 'What, and why.' }) },
    errors: {
      types: [NotFound, Forbidden, InvalidInput, StaleWrite, IdempotencyConflict, RateLimited, ServiceUnavailable],
    },
    resolve: (_, { input }, context) => reportMessage(context, input),
  }),
  reportUser: t.field({
    type: ReportUserPayload,
    description: 'Tells the operator of a user, whose profile is kept for him as it is. The user is not told.',
    args: { input: t.arg({ type: ReportUserInput, required: true, description: 'Whom, and why.' }) },
    errors: { types: [NotFound, Forbidden, InvalidInput, IdempotencyConflict, RateLimited, ServiceUnavailable] },
    resolve: (_, { input }, context) => reportUser(context, input),
  }),
}))
