/** What reports of messages and of users share: what may be said in one. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { assertText } from '../messages/draft.ts'
import { isUrgent, needsComment, type ReportReason } from '../moderation/reasons.ts'
import type { Reported, Reporting } from '../moderation/reports.ts'
import type { Repeatable } from './idempotent.ts'

export type ReportInput = Repeatable & { reason: ReportReason; comment?: string | null }

/** As the API shows it. */
export interface Report {
  reason: ReportReason
  createdAt: Date
}

/** Throws INVALID_INPUT, and RATE_LIMITED for what hides too often. */
export async function reportingOf(context: Context, { reason, comment }: ReportInput): Promise<Reporting> {
  const path = 'input.comment'
  if (comment != null) assertText(comment, path, await context.limits(), 'reportCommentLength')
  else if (needsComment(reason))
    throw new ChatError('INVALID_INPUT', {
      message: `${path}: say what it is; the reason ${reason} says nothing`,
      path,
    })
  const { tenantId, userId: reporterId } = context.viewer
  const urgent = { limit: 'urgentReportsPerHour', key: `${tenantId}:${reporterId}` } as const
  if (isUrgent(reason)) await context.parts.rateLimits.take([urgent], await context.limits())
  return { tenantId, reporterId, reason, comment: comment ?? null }
}

/** The answer to a repeat comes as JSON. */
export const shownReport = ({ reason, at }: Reported): { report: Report } => ({
  report: { reason, createdAt: new Date(at) },
})

export const ownWork = (path: string): ChatError =>
  new ChatError('INVALID_INPUT', { message: `${path} is your own doing: nobody reports himself`, path })
