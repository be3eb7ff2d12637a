/** How far a member has come, where the conversation shows it and he wants it. */
import type { Context } from '../context.ts'
import { showsReceiptsOf } from '../conversations/access.ts'
import type { Membership } from '../model.ts'

export const readSeqOf = async (context: Context, membership: Membership): Promise<number | null> =>
  (await isShown(context, membership)) ? membership.readSeq : null

export const deliveredSeqOf = async (context: Context, membership: Membership): Promise<number | null> =>
  (await isShown(context, membership)) ? membership.deliveredSeq : null

/** Those who are severed learn nothing of each other. A server key sees what the conversation shows. */
async function isShown(context: Context, { conversationId, userId }: Membership): Promise<boolean> {
  const { loaders, caller } = context
  if (caller?.kind !== 'SERVER' && (await loaders.severed.load({ userId: context.viewer.userId, id: userId })))
    return false
  const [conversation, user] = await Promise.all([loaders.conversation.load(conversationId), loaders.user.load(userId)])
  return conversation !== null && user !== null && showsReceiptsOf(user, conversation, await context.limits())
}
