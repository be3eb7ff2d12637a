/** Shuts a user out of the tenant, or lets him in again: by its moderators and admins, or the customer's back end. */
import { ban, unban } from '../accounts/bans.ts'
import type { Context } from '../context.ts'
import type { Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { User, Uuid } from '../model.ts'
import { idempotent, type Repeatable } from './idempotent.ts'
import { assertRestriction, type RestrictionInput } from './restriction.ts'

interface Banning {
  tx: Transaction
  at: Date
  where: { tenantId: Uuid; userId: Uuid }
  actorId: Uuid
}

export async function banUser(context: Context, input: RestrictionInput): Promise<{ user: User }> {
  return change(context, 'banUser', input, async ({ tx, at, where, actorId }) =>
    ban(tx, { ...where, ...(await assertRestriction(context, input)), actorId, at }),
  )
}

/** Who is not banned stays so. */
export async function unbanUser(context: Context, input: Repeatable & { userId: string }): Promise<{ user: User }> {
  return change(context, 'unbanUser', input, ({ tx, where }) => unban(tx, where))
}

async function change(
  context: Context,
  mutation: string,
  input: Repeatable & { userId: string },
  work: (banning: Banning) => Promise<void>,
): Promise<{ user: User }> {
  const { parts, caller, loaders, tenantId } = context
  const actorId = caller?.kind === 'SERVER' ? context.server('users:write').keyId : context.viewer.userId
  const { userId } = await idempotent(context, mutation, input, async (once) => {
    const user = await userOf(context, input.userId)
    if (caller?.kind !== 'SERVER') parts.access.toBanUser(context.viewer, user)
    return parts.append.change({ tenantId, actorId, streams: [user.id], once }, async ({ tx, at }) => {
      await work({ tx, at, where: { tenantId, userId: user.id }, actorId })
      return { userId: user.id }
    })
  })
  const user = await loaders.user.load(userId)
  if (!user) throw new Error('a user that was just banned is not there')
  return { user }
}

async function userOf({ loaders }: Context, id: string): Promise<User> {
  const uuid = decodeId('usr', id)
  const user = uuid === null ? null : await loaders.user.load(uuid)
  if (!user) throw new ChatError('NOT_FOUND', { message: 'There is no such user', path: 'input.userId' })
  return user
}
