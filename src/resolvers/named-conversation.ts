/** The conversation that a message or an event names, as its reader may know it. */
import type { Context } from '../context.ts'
import type { Delivered } from '../delivery/delivered.ts'
import { asLeft } from '../messages/seen.ts'
import type { Conversation, Message, Seen, Uuid } from '../model.ts'

export const conversationOfMessage = (context: Context, { conversationId, seen }: Message): Promise<Conversation> =>
  known(context, conversationId, seen)

export const conversationOfEvent = (
  context: Context,
  { event, seen }: Pick<Extract<Delivered, { kind: 'EVENT' }>, 'event' | 'seen'>,
): Promise<Conversation> => known(context, event.streamId, seen)

/** An event of a user's own log: he may have left since. */
export async function conversationOfOwnEvent(
  context: Context,
  { event }: { event: { tenantId: Uuid; streamId: Uuid; conversationId: Uuid } },
): Promise<Conversation> {
  const { tenantId, streamId: userId, conversationId } = event
  const { membership } = await context.parts.memberships.facts({ tenantId, userId, conversationId })
  const conversation = await known(context, conversationId, undefined)
  return membership ? conversation : asLeft(conversation)
}

async function known({ loaders }: Context, id: Uuid, seen: Seen | undefined): Promise<Conversation> {
  const conversation = await loaders.conversation.load(id)
  if (!conversation) throw new Error('a row names a conversation that is not there')
  return seen?.left?.isGone ? asLeft(conversation) : conversation
}
