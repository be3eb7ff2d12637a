/** A customer's back end lets somebody into one conversation who is no user of it: with a token that is good for nothing else. */
import { makeGuest } from '../accounts/guests.ts'
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId, newUuid } from '../lib/ids.ts'
import { neutralName } from '../lib/names.ts'
import { assertText } from '../messages/draft.ts'
import type { User } from '../model.ts'
import { assertTtl } from './create-token.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

interface Input extends Repeatable {
  conversationId: string
  name: string
  avatarUrl?: URL | null
  ttlSeconds: number
}

export interface NewGuest {
  user: User
  token: string
  expiresAt: Date
}

export async function createGuest(context: Context, input: Input): Promise<NewGuest> {
  const { parts } = context
  const { tenantId } = context.server('tokens:create')
  const { guestId } = await idempotent(context, 'createGuest', input, async (once) => {
    const limits = await context.limits()
    assertTtl(input.ttlSeconds)
    assertText(input.name, 'input.name', limits, 'userNameLength')
    assertText(neutralName(input.name), 'input.name', limits, 'userNameLength')
    const guestOf = await openTo(context, input.conversationId)
    const userId = newUuid()
    const guest = { name: neutralName(input.name), avatarUrl: input.avatarUrl?.href ?? null, guestOf }
    return parts.append.changes({
      tenantId,
      conversationId: guestOf,
      actorId: null,
      once,
      also: ({ tx }) => makeGuest(tx, { tenantId, userId }, guest),
      changes: [{ change: 'JOINED', userId, role: 'GUEST' }],
      answer: { guestId: userId },
    })
  })
  const [user] = await parts.users.byIds(tenantId, [guestId])
  if (!user) throw new Error('a guest that was just stored is not there')
  // From the moment of his beginning, so that a repeat gets the same one.
  const { externalId, createdAt: issuedAt } = user
  return { user, ...(await parts.tokens.make(tenantId, { externalId, ttlSeconds: input.ttlSeconds, issuedAt })) }
}

async function openTo({ parts, tenantId }: Context, id: string): Promise<string> {
  const uuid = decodeId('conv', id)
  const [conversation] = uuid ? await parts.conversations.byIds(tenantId, [uuid]) : []
  if (!conversation) throw new ChatError('NOT_FOUND')
  if (conversation.kind === 'DIRECT')
    throw new ChatError('FORBIDDEN', { message: 'A direct conversation has two equal members for ever' })
  if (conversation.archivedAt) throw new ChatError('FORBIDDEN', { message: 'The conversation is archived' })
  return conversation.id
}
