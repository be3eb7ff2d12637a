/** Tells the operator of a case that cannot wait. */
import type { JobHandler } from '../jobs/queue.ts'
import { encodeId } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'
import type { Cases } from '../moderation/cases.ts'
import type { CaseName } from '../moderation/legal-hold.ts'
import { type SafetyHook, tellOperatorKind } from '../moderation/safety-hook.ts'

export const tellOperator = ({
  cases,
  safetyHook,
}: {
  cases: Cases
  safetyHook: SafetyHook
}): JobHandler<CaseName> => ({
  kind: tellOperatorKind,
  async handle({ tenantId, caseId }, signal) {
    const found = await cases.byId(caseId)
    if (!found) return // with its tenant
    const { reason, subjectKind, subjectId, userId, conversationId, firstReportedAt: reportedAt } = found
    const told = {
      type: 'child_safety.reported',
      tenantId: encodeId('tenant', tenantId),
      caseId: encodeId('case', caseId),
      reason,
      messageId: subjectKind === 'MESSAGE' ? encodeId('msg', subjectId) : null,
      userId: idOrNull('usr', userId),
      conversationId: idOrNull('conv', conversationId),
      reportedAt,
    } as const
    await safetyHook.tell(told, signal)
  },
})

const idOrNull = (prefix: 'usr' | 'conv', id: Uuid | null): string | null => (id === null ? null : encodeId(prefix, id))
