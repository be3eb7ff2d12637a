/** The viewer's own open window in a conversation. */
import type { Context } from '../context.ts'
import type { Conversation, Membership } from '../model.ts'

export async function viewerMembership(
  { parts, viewer }: Context,
  { tenantId, id }: Conversation,
): Promise<Membership | null> {
  return (await parts.memberships.facts({ tenantId, conversationId: id, userId: viewer.userId })).membership
}
