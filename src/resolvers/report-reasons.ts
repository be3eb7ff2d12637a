/** The reasons for which one reports, in their order, as an app shows them to choose from. */
import { needsComment, type ReportReason, reportReasons } from '../moderation/reasons.ts'

export interface ReasonShown {
  reason: ReportReason
  title: string
  description: string
  needsComment: boolean
}

export const reasonsShown: readonly ReasonShown[] = (Object.keys(reportReasons) as ReportReason[]).map((reason) => ({
  reason,
  title: reportReasons[reason].title,
  description: reportReasons[reason].description,
  needsComment: needsComment(reason),
}))
