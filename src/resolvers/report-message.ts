/** The viewer reports a message that he sees, wherever it stands. Its author and all others learn nothing of it. */
import type { Context } from '../context.ts'
import { seenIn } from '../conversations/access.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { idempotent } from './idempotent.ts'
import { ownWork, type Report, type ReportInput, reportingOf, shownReport } from './report.ts'

type Input = ReportInput & { messageId: string }

export async function reportMessage(context: Context, input: Input): Promise<{ report: Report }> {
  const { parts, viewer } = context
  const { tenantId } = viewer
  const reported = await idempotent(context, 'reportMessage', input, async (once) => {
    const reporting = await reportingOf(context, input)
    const admitted = await parts.access.toSee(viewer, decodeId('msg', input.messageId))
    const { message, conversation } = admitted
    if (message.authorId === viewer.userId) throw ownWork('input.messageId')
    if (message.deletedAt) throw new ChatError('STALE_WRITE', { message: 'The message has been deleted' })
    const shown = { message, conversation, seen: seenIn(admitted) }
    return parts.append.change({ tenantId, actorId: null, streams: [conversation.id], once }, (changing) =>
      parts.reports.ofMessage(changing, reporting, shown),
    )
  })
  return shownReport(reported)
}
