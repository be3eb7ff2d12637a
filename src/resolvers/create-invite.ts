/** Makes an invite to a conversation; its code is told this once. */
import type { Context } from '../context.ts'
import type { Invite } from '../conversations/invites.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string; expiresAt?: Date | null; maxUses?: number | null }

export async function createInvite(context: Context, input: Input): Promise<{ invite: Invite; inviteCode: string }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { id, sealedCode } = await idempotent(context, 'createInvite', input, async (once) => {
    const { conversation, membership } = await parts.access.to('INVITE', viewer, decodeId('conv', input.conversationId))
    await assertBounds(context, input)
    const holds = { conversationId: conversation.id, userId, role: membership.role }
    return parts.append.change(
      { tenantId, actorId: userId, streams: [conversation.id], once, holds },
      async ({ tx }) => {
        const invite = {
          tenantId,
          conversationId: conversation.id,
          createdBy: userId,
          expiresAt: input.expiresAt ?? null,
          maxUses: input.maxUses ?? null,
        }
        const code = parts.invites.newCode()
        return { id: await parts.invites.create(tx, invite, code), sealedCode: parts.seal.encrypt(code) }
      },
    )
  })
  const [invite] = await parts.invites.byIds(tenantId, [id])
  if (!invite) throw new Error('an invite that was just made is not there')
  return { invite, inviteCode: parts.seal.decrypt(sealedCode) }
}

async function assertBounds(context: Context, { expiresAt, maxUses }: Input): Promise<void> {
  const { inviteUses: max } = await context.limits()
  if (expiresAt && expiresAt.getTime() <= Date.now())
    throw new ChatError('INVALID_INPUT', { message: 'input.expiresAt must be in the future', path: 'input.expiresAt' })
  if (maxUses != null && (maxUses < 1 || maxUses > max))
    throw new ChatError('INVALID_INPUT', {
      message: `input.maxUses must be from 1 to ${max}`,
      path: 'input.maxUses',
      limit: 'inviteUses',
      max,
    })
}
