/** Has a user forgotten: he is nobody at once, and what he left is erased by and by. Asked again it answers the same, and goes on with what was left lying. */
import { eraseRows } from '../accounts/erase-rows.ts'
import { type Erasure, eraseUserKind, isLeftLying, SHUT_OUT_MS } from '../accounts/erasures.ts'
import { personalData } from '../accounts/personal-data.ts'
import type { Context, Parts } from '../context.ts'
import type { Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import type { User, UserName } from '../model.ts'
import { ownUser } from './change-account.ts'

interface Confirmed {
  confirmExternalId: string
}

export async function eraseMe(context: Context, { confirmExternalId }: Confirmed): Promise<{ erasure: Erasure }> {
  return { erasure: await erase(context, await ownUser(context), { confirmExternalId, byUser: true }) }
}

export async function eraseUser(
  context: Context,
  { userId, confirmExternalId }: Confirmed & { userId: string },
): Promise<{ erasure: Erasure }> {
  const { tenantId } = context.server('users:write')
  const uuid = decodeId('usr', userId)
  const user = uuid && (await context.loaders.user.load(uuid))
  if (!user) throw new ChatError('NOT_FOUND', { message: 'There is no such user', path: 'input.userId' })
  const known = await context.parts.erasures.byUser({ tenantId, userId: user.id })
  if (known && isLeftLying(known)) await sendJob(context.parts, known)
  return { erasure: known ?? (await erase(context, user, { confirmExternalId, byUser: false })) }
}

async function erase(
  { parts }: Context,
  { tenantId, id: userId, externalId }: User,
  { confirmExternalId, byUser }: Confirmed & { byUser: boolean },
): Promise<Erasure> {
  if (confirmExternalId !== externalId)
    throw new ChatError('INVALID_INPUT', {
      message: 'input.confirmExternalId is not the externalId of the user who would be erased',
      path: 'input.confirmExternalId',
    })
  const user = { tenantId, userId }
  const { id } = await parts.append.change(
    { tenantId, actorId: byUser ? userId : null, streams: [userId], once: null },
    async ({ tx, record }) => {
      const { id, isNew } = await parts.erasures.request(tx, user, { externalId, byUser })
      if (!isNew) return { id }
      await sendJob(parts, user, tx)
      record(userId, { kind: 'SIGNED_OUT', connectionId: null })
      await parts.exports.end(tx, user)
      const taken = await eraseRows(tx, user, { name: 'user', table: personalData.user })
      await parts.erasures.note(tx, user, { user: taken }, null)
      return { id }
    },
  )
  parts.users.forget({ tenantId, externalId })
  parts.changes.userChanged(user)
  const erasure = await parts.erasures.byId(tenantId, id)
  if (!erasure) throw new Error('an erasure that was just stored is not there')
  return erasure
}

const sendJob = ({ jobs }: Parts, { tenantId, userId }: UserName, tx?: Transaction) =>
  jobs.send(eraseUserKind, { tenantId, userId }, { tx, at: new Date(Date.now() + SHUT_OUT_MS) })
