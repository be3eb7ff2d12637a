/** Who is to own a conversation when its last owner is no longer there: never nobody, while it has members. */
import type { Transaction } from '../db.ts'
import type { MemberRole, Uuid } from '../model.ts'

/** Of the others the highest in rank, of these the one who joined first. null while another owns it, and where nobody else is. */
export async function successor(
  tx: Transaction,
  { tenantId, conversationId, userId }: { tenantId: Uuid; conversationId: Uuid; userId: Uuid },
): Promise<{ userId: Uuid; role: MemberRole } | null> {
  const [first] = await tx.$queryRaw<{ userId: Uuid; role: MemberRole }[]>`
    select user_id as "userId", role from membership m
    where tenant_id = ${tenantId}::uuid and conversation_id = ${conversationId}::uuid and left_seq is null and user_id <> ${userId}::uuid
      and exists (select from membership own where own.tenant_id = m.tenant_id and own.conversation_id = m.conversation_id and own.user_id = ${userId}::uuid
        and own.left_seq is null and own.role = 'OWNER')
    order by array_position(array['OWNER', 'MANAGER', 'MODERATOR', 'MEMBER', 'GUEST'], role), joined_seq limit 1`
  return first && first.role !== 'OWNER' ? first : null
}
