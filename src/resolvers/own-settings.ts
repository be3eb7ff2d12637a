/** What a member has set for himself, as it stands now. */
import type { Context } from '../context.ts'
import type { Membership } from '../model.ts'

/** Until something happens in it: as the list of his conversations and his totals have it. */
export async function isHidden(
  { parts }: Context,
  { tenantId, conversationId, hiddenSeq }: Membership,
): Promise<boolean> {
  if (hiddenSeq === null) return false
  const { head } = await parts.log.head({ tenantId, streamId: conversationId })
  return head.seq <= hiddenSeq
}
