/** How far it has come that a user is forgotten, for the customer's back end. */
import type { Erasure } from '../accounts/erasures.ts'
import type { Context } from '../context.ts'
import { decodeId } from '../lib/ids.ts'

export async function erasure(context: Context, id: string): Promise<Erasure | null> {
  const { tenantId } = context.server('users:write')
  const uuid = decodeId('erasure', id)
  return uuid === null ? null : context.parts.erasures.byId(tenantId, uuid)
}
