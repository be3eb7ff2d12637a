/** Takes an invite back: nobody more comes in by it. */
import type { Context } from '../context.ts'
import type { Invite } from '../conversations/invites.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { inviteId: string }

export async function revokeInvite(context: Context, input: Input): Promise<{ invite: Invite }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { id } = await idempotent(context, 'revokeInvite', input, async (once) => {
    const uuid = decodeId('invite', input.inviteId)
    const [invite] = uuid ? await parts.invites.byIds(tenantId, [uuid]) : []
    if (!invite) throw new ChatError('NOT_FOUND')
    // Who may not see the invites of a conversation may not find out either which there are.
    const { conversation, membership } = await parts.access
      .to('INVITE', viewer, invite.conversationId)
      .catch((error) => {
        throw error instanceof ChatError && error.code === 'FORBIDDEN' ? new ChatError('NOT_FOUND') : error
      })
    const holds = { conversationId: conversation.id, userId, role: membership.role }
    return parts.append.change(
      { tenantId, actorId: userId, streams: [conversation.id], once, holds },
      async ({ tx, at }) => {
        await parts.invites.revoke(tx, invite, at)
        return { id: invite.id }
      },
    )
  })
  const [invite] = await parts.invites.byIds(tenantId, [id])
  if (!invite) throw new Error('an invite that was just revoked is not there')
  return { invite }
}
