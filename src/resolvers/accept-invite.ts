/** Becomes a member by an invite's code. Who is one already stays so, and uses nothing up. */
import type { Context } from '../context.ts'
import { assertNoGuest } from '../conversations/guests.ts'
import { ChatError } from '../errors.ts'
import type { Conversation } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { inviteCode: string }

export async function acceptInvite(context: Context, input: Input): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { conversationId } = await idempotent(context, 'acceptInvite', input, async (once) => {
    assertNoGuest(viewer)
    const invite = await parts.invites.byCode(tenantId, input.inviteCode)
    if (!invite) throw new ChatError('NOT_FOUND', { message: 'There is no such invite', path: 'input.inviteCode' })
    const { conversation, membership } = await parts.memberships.facts({
      tenantId,
      userId,
      conversationId: invite.conversationId,
    })
    if (conversation?.archivedAt) throw new ChatError('FORBIDDEN', { message: 'The conversation is archived' })
    if (membership) return { conversationId: invite.conversationId }
    return parts.append.changes({
      tenantId,
      conversationId: invite.conversationId,
      actorId: userId,
      once,
      also: ({ tx }) => parts.invites.use(tx, invite),
      changes: [{ change: 'JOINED', userId, role: 'MEMBER' }],
    })
  })
  return { conversation: await conversationById(context, conversationId) }
}
