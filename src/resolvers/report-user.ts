/** The viewer reports a user of whom he may know. That one and all others learn nothing of it. */
import type { Context } from '../context.ts'
import { nobody } from '../conversations/approach.ts'
import { decodeId } from '../lib/ids.ts'
import { idempotent } from './idempotent.ts'
import { ownWork, type Report, type ReportInput, reportingOf, shownReport } from './report.ts'

type Input = ReportInput & { userId: string }

export async function reportUser(context: Context, input: Input): Promise<{ report: Report }> {
  const { parts, viewer, loaders } = context
  const { tenantId } = viewer
  const reported = await idempotent(context, 'reportUser', input, async (once) => {
    const reporting = await reportingOf(context, input)
    const id = decodeId('usr', input.userId)
    const user = id === null ? null : await loaders.user.load(id)
    if (!user || user.erasedAt || !(await parts.access.canMeet(viewer, user))) throw nobody('input.userId')
    if (user.id === viewer.userId) throw ownWork('input.userId')
    return parts.append.change({ tenantId, actorId: null, streams: [user.id], once }, (changing) =>
      parts.reports.ofUser(changing, reporting, user.id),
    )
  })
  return shownReport(reported)
}
