/** Ends where the viewer is signed in: one place, or all. His feed hears it first; what is open ends within a second, on every node. */
import { signOutEverywhere as signOutAll, signOutConnection } from '../accounts/sign-outs.ts'
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId, encodeId } from '../lib/ids.ts'
import type { User } from '../model.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

/** The token with which it was opened is refused from now on: whatever else was opened with it ends, too. */
export async function signOut(
  context: Context,
  input: Repeatable & { connectionId: string },
): Promise<{ connectionId: string }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  const { id } = await idempotent(context, 'signOut', input, async (once) => {
    const id = decodeId('connection', input.connectionId)
    if (!id) throw new ChatError('NOT_FOUND')
    return parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async ({ tx, record }) => {
      if (!(await signOutConnection(tx, viewer, id))) throw new ChatError('NOT_FOUND')
      record(userId, { kind: 'SIGNED_OUT', connectionId: id })
      return { id }
    })
  })
  parts.users.forget(viewer)
  return { connectionId: encodeId('connection', id) }
}

/** All tokens that were issued before are refused. A server key says whom it signs out. */
export async function signOutEverywhere(
  context: Context,
  input: Repeatable & { userId?: string | null },
): Promise<{ userId: string }> {
  const { parts } = context
  const { id, externalId } = await idempotent(context, 'signOutEverywhere', input, async (once) => {
    const { tenantId, id: userId, externalId } = await whom(context, input.userId)
    const actorId = context.caller?.kind === 'USER' ? userId : null
    return parts.append.change({ tenantId, actorId, streams: [userId], once }, async ({ tx, record }) => {
      await signOutAll(tx, { tenantId, userId })
      record(userId, { kind: 'SIGNED_OUT', connectionId: null })
      return { id: userId, externalId }
    })
  })
  parts.users.forget({ tenantId: context.tenantId, externalId })
  return { userId: encodeId('usr', id) }
}

type Signed = Pick<User, 'tenantId' | 'id' | 'externalId'>

async function whom(context: Context, userId: string | null | undefined): Promise<Signed> {
  if (context.caller?.kind !== 'SERVER') {
    const { viewer } = context
    if (userId != null && decodeId('usr', userId) !== viewer.userId)
      throw new ChatError('FORBIDDEN', { message: 'Only a server key signs others out', path: 'input.userId' })
    return { ...viewer, id: viewer.userId }
  }
  context.server('users:write')
  const uuid = userId == null ? null : decodeId('usr', userId)
  const user = uuid && (await context.loaders.user.load(uuid))
  if (!user) throw new ChatError('NOT_FOUND', { message: 'There is no such user', path: 'input.userId' })
  return user
}
