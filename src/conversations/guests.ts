/** What is not there for a guest. access.ts asks it of each conversation; what is of the tenant as a whole asks it first. */
import { ChatError } from '../errors.ts'
import type { Caller, User, Uuid } from '../model.ts'

/** A guest is in one conversation: all else is not there for him. */
export const mayBeIn = ({ guestOf }: Pick<User, 'guestOf'>, conversationId: Uuid | null): boolean =>
  guestOf === null || guestOf === conversationId

/** Throws FORBIDDEN to a guest: for what is of the tenant as a whole, or begins something. */
export function assertNoGuest(caller: Caller | null): void {
  if (caller?.kind === 'USER' && caller.guestOf !== null)
    throw new ChatError('FORBIDDEN', { message: 'A guest has one conversation, and nothing else' })
}
