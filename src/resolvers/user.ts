/** A user of the caller's tenant, by our id or the customer's. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { decodeId } from '../lib/ids.ts'
import { isStorable } from '../messages/draft.ts'
import type { User } from '../model.ts'

interface Asked {
  id?: string | null
  externalId?: string | null
}

export async function user(context: Context, asked: Asked): Promise<User | null> {
  const found = await named(context, asked)
  return found && (await context.parts.access.canMeet(context.caller, found)) ? found : null
}

async function named({ parts, tenantId, loaders }: Context, { id, externalId }: Asked): Promise<User | null> {
  if ((id == null) === (externalId == null))
    throw new ChatError('INVALID_INPUT', { message: 'Give exactly one of id and externalId', path: 'id' })
  if (externalId != null) return isStorable(externalId) ? parts.users.byExternalId(tenantId, externalId) : null
  const uuid = decodeId('usr', id ?? '')
  return uuid === null ? null : loaders.user.load(uuid)
}
