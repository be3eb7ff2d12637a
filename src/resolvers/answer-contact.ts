/** Whom a stranger has written to agrees to hear him, or does not: told to both, or to nobody but his own devices. */
import type { Context, Parts } from '../context.ts'
import { decodeId } from '../lib/ids.ts'
import type { Once } from '../messages/change.ts'
import type { Conversation, Uuid } from '../model.ts'
import { conversationById } from './conversation-by-id.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

type Input = Repeatable & { conversationId: string }

export const acceptContact = (context: Context, input: Input) => answer(context, 'acceptContact', input, accept)

export const declineContact = (context: Context, input: Input) => answer(context, 'declineContact', input, decline)

interface Asked {
  conversation: Pick<Conversation, 'tenantId' | 'id'>
  userId: Uuid
  once: Once | null
}

/** Also by what he says there. Nothing when he has before. Throws FORBIDDEN when one of the two has just blocked the other. */
export async function accept(
  { append, contacts }: Pick<Parts, 'append' | 'contacts'>,
  { conversation: { tenantId, id }, userId, once }: Asked,
): Promise<{ conversationId: Uuid }> {
  const holds = { conversationId: id, userId, role: 'MEMBER', isReachable: true } as const
  return append.change({ tenantId, actorId: userId, streams: [id], once, holds }, async ({ tx, record }) => {
    if (await contacts.answer(tx, { tenantId, id }, 'ACCEPTED')) record(id, { kind: 'CONTACT_ACCEPTED' })
    return { conversationId: id }
  })
}

async function decline(
  { append, contacts }: Pick<Parts, 'append' | 'contacts'>,
  { conversation: { tenantId, id }, userId, once }: Asked,
): Promise<{ conversationId: Uuid }> {
  return append.change({ tenantId, actorId: userId, streams: [userId, id], once }, async ({ tx, record }) => {
    if (await contacts.answer(tx, { tenantId, id }, 'DECLINED'))
      record(userId, { kind: 'CONTACT_DECLINED', conversationId: id })
    return { conversationId: id }
  })
}

async function answer(
  context: Context,
  mutation: string,
  input: Input,
  give: typeof accept,
): Promise<{ conversation: Conversation }> {
  const { parts, viewer } = context
  const { conversationId } = await idempotent(context, mutation, input, async (once) => {
    const { conversation } = await parts.access.to('ANSWER_CONTACT', viewer, decodeId('conv', input.conversationId))
    return give(parts, { conversation, userId: viewer.userId, once })
  })
  return { conversation: await conversationById(context, conversationId) }
}
