/** Listens to the presence of chosen users, or of a conversation's members. */
import type { Context } from '../context.ts'
import { presenceInConversation } from '../ephemera/presence-in-conversation.ts'
import { type PresenceReport, presenceOfUsers } from '../ephemera/presence-of-users.ts'
import type { Revoked } from '../ephemera/while-member.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { assertFeature } from './assert-feature.ts'

export type PresenceUpdate = PresenceReport | Revoked

interface Input {
  userIds?: readonly string[] | null
  conversationId?: string | null
}

export async function presence(
  context: Context,
  { userIds, conversationId }: Input,
): Promise<AsyncIterable<PresenceUpdate>> {
  const { parts, viewer } = context
  await assertFeature(context, 'presence')
  const limits = await context.limits()
  const { everyMs } = parts.pace
  if ((userIds == null) === (conversationId == null))
    throw new ChatError('INVALID_INPUT', { message: 'Give exactly one of userIds and conversationId', path: 'userIds' })
  if (conversationId != null) {
    const { conversation } = await parts.access.to('READ', viewer, decodeId('conv', conversationId))
    return presenceInConversation(parts, { viewer, conversationId: conversation.id, limits, everyMs })
  }
  const ids = new Set(userIds)
  const max = limits.presenceIds
  if (ids.size > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `At most ${max} users in one subscription: those who are on the screen`,
      path: 'userIds',
      limit: 'presenceIds',
      max,
    })
  const users = [...ids].map((id) => decodeId('usr', id)).filter((id) => id !== null)
  return presenceOfUsers(parts, { viewer, userIds: [...new Set(users)], everyMs })
}
