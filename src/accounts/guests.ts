/** Guests: users of one conversation, made by the customer's back end. What a guest may not do is decided in conversations/access.ts. */
import { sqlState, type Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { User, UserName, Uuid } from '../model.ts'

/** Names of guests begin so, and no others: a guest's old token must not make a user once he is one himself. */
const GUEST = 'parley-guest:'

export const isGuestName = (externalId: string): boolean => externalId.startsWith(GUEST)

export async function makeGuest(
  tx: Transaction,
  { tenantId, userId }: UserName,
  { name, avatarUrl, guestOf }: Pick<User, 'name' | 'avatarUrl'> & { guestOf: Uuid },
): Promise<void> {
  await tx.user.create({
    data: {
      ...{ tenantId, id: userId, externalId: `${GUEST}${userId}`, name, avatarUrl, guestOf },
      ...{ givenName: name, givenAvatarUrl: avatarUrl },
    },
  })
  await tx.stream.create({ data: { tenantId, id: userId } })
}

/** Throws STALE_WRITE for who is no guest, INVALID_INPUT when there is a user of that name already. */
export async function makeUser(
  tx: Transaction,
  { tenantId, userId: id }: UserName,
  { externalId, name }: { externalId: string; name?: string | undefined },
): Promise<void> {
  const data = { externalId, guestOf: null, updatedAt: new Date(), ...(name && { name, givenName: name }) }
  const where = { tenantId, id, guestOf: { not: null } }
  const { count } = await tx.user.updateMany({ where, data }).catch((error) => {
    throw sqlState(error) === '23505' || (error as { code?: string }).code === 'P2002' ? taken() : error
  })
  if (!count) throw new ChatError('STALE_WRITE', { message: 'He is no guest any longer' })
}

const taken = () =>
  new ChatError('INVALID_INPUT', { message: 'There is a user of that id already', path: 'input.externalId' })
