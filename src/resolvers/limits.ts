/** The limits that hold for the caller; while the database is away, as they were known last. Never refused: it tells whether the rest would be. */
import type { Context } from '../context.ts'
import { unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { type Features, featuresOf } from '../features.ts'
import { type Limits, limitsOf } from '../limits.ts'

export type ShownLimits = Limits & { degraded: boolean; features: Features }

export async function limits(context: Context): Promise<ShownLimits> {
  const { health } = context.parts
  if (health.isAway) return { ...lastKnown(context), degraded: true }
  try {
    return { ...(await context.limits()), features: await context.features(), degraded: false }
  } catch (error) {
    if (!(unavailable(error) instanceof ChatError)) throw error
    health.suspect()
    return { ...lastKnown(context), degraded: true }
  }
}

function lastKnown({ caller, parts }: Context): Limits & { features: Features } {
  const tenant = caller && parts.tenants.lastKnown(caller.tenantId)
  return { ...limitsOf(tenant), ...parts.queryLimits, features: featuresOf(tenant) }
}
