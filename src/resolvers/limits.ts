/** The limits that hold for the caller; while the database is away, as they were known last. Never refused: it tells whether the rest would be. */
import type { Context } from '../context.ts'
import { unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { type Limits, limitsOf } from '../limits.ts'

export type ShownLimits = Limits & { degraded: boolean }

export async function limits(context: Context): Promise<ShownLimits> {
  const { health } = context.parts
  if (health.isAway) return { ...lastKnown(context), degraded: true }
  try {
    return { ...(await context.limits()), degraded: false }
  } catch (error) {
    if (!(unavailable(error) instanceof ChatError)) throw error
    health.suspect()
    return { ...lastKnown(context), degraded: true }
  }
}

function lastKnown({ caller, parts }: Context): Limits {
  return { ...limitsOf(caller && parts.tenants.lastKnown(caller.tenantId)), ...parts.queryLimits }
}
