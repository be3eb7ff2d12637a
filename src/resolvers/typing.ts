/** Listens to who is typing in a conversation. */
import type { Context } from '../context.ts'
import { type TypistsNow, typingUpdates } from '../ephemera/typing-updates.ts'
import type { Revoked } from '../ephemera/while-member.ts'
import { decodeId } from '../lib/ids.ts'
import { assertFeature } from './assert-feature.ts'

export type TypingUpdate = TypistsNow | Revoked

export async function typing(
  context: Context,
  input: { conversationId: string },
): Promise<AsyncIterable<TypingUpdate>> {
  const { parts, viewer } = context
  await assertFeature(context, 'typing')
  const { conversation } = await parts.access.to('READ', viewer, decodeId('conv', input.conversationId))
  const { everyMs } = parts.pace
  return typingUpdates(parts, { viewer, conversation, limits: await context.limits(), everyMs })
}
