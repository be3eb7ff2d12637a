/** A customer's back end makes a user of a guest: he keeps his id, what he said, and his place in the conversation. */
import { isGuestName, makeUser } from '../accounts/guests.ts'
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { neutralName } from '../lib/names.ts'
import { assertText } from '../messages/draft.ts'
import type { User } from '../model.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

interface Input extends Repeatable {
  userId: string
  externalId: string
  name?: string | null
}

/** The guest's token ends with it: the next one is of the new id. */
export async function upgradeGuest(context: Context, input: Input): Promise<{ user: User }> {
  const { parts } = context
  const { tenantId } = context.server('users:write')
  const { id } = await idempotent(context, 'upgradeGuest', input, async (once) => {
    const { externalId, name } = await newNames(context, input)
    const uuid = decodeId('usr', input.userId)
    const guest = uuid && (await context.loaders.user.load(uuid))
    if (!guest) throw new ChatError('NOT_FOUND', { message: 'There is no such user', path: 'input.userId' })
    const { id: userId, guestOf: conversationId } = guest
    if (!conversationId) throw new ChatError('STALE_WRITE', { message: 'He is no guest' })
    const streams = [userId, conversationId]
    return parts.append.change({ tenantId, actorId: null, streams, once }, async ({ tx, record }) => {
      await makeUser(tx, { tenantId, userId }, { externalId, name })
      record(userId, { kind: 'ACCOUNT_UPDATED', changed: ['PROFILE'] })
      const where = { tenantId, conversationId, userId, leftSeq: null, role: 'GUEST' }
      if (await tx.membership.count({ where })) {
        await parts.memberships.setRole(tx, { tenantId, conversationId, userId }, 'MEMBER')
        record(conversationId, { kind: 'MEMBER_ROLE_CHANGED', userId, role: 'MEMBER', previousRole: 'GUEST' })
      }
      return { id: userId }
    })
  })
  const [user] = await parts.users.byIds(tenantId, [id])
  if (!user) throw new Error('a user that was just stored is not there')
  return { user }
}

async function newNames(context: Context, { externalId, name }: Input): Promise<{ externalId: string; name?: string }> {
  const limits = await context.limits()
  assertText(externalId, 'input.externalId', limits, 'externalIdLength')
  assertNoGuestName(externalId, 'input.externalId')
  if (name == null) return { externalId }
  assertText(name, 'input.name', limits, 'userNameLength')
  assertText(neutralName(name), 'input.name', limits, 'userNameLength')
  return { externalId, name: neutralName(name) }
}

export function assertNoGuestName(externalId: string, path: string): void {
  if (isGuestName(externalId))
    throw new ChatError('INVALID_INPUT', { message: `${path} begins as only the ids of guests do`, path })
}
