/** What a restriction is given with, checked. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import { assertText } from '../messages/draft.ts'
import type { Repeatable } from './idempotent.ts'

export interface RestrictionInput extends Repeatable {
  userId: string
  reason?: string | null
  until?: Date | null
}

/** Throws INVALID_INPUT naming the argument. */
export async function assertRestriction(
  context: Context,
  { reason, until }: Pick<RestrictionInput, 'reason' | 'until'>,
): Promise<{ reason: string | null; until: Date | null }> {
  if (reason != null) assertText(reason, 'input.reason', await context.limits(), 'restrictionReasonLength')
  if (until && until.getTime() <= Date.now())
    throw new ChatError('INVALID_INPUT', { message: 'input.until must be in the future', path: 'input.until' })
  return { reason: reason ?? null, until: until ?? null }
}
