/** The one way in which a mutation is done once, and not too often: asked again under its client's id, it answers what it answered, whatever has changed since. */
import type { Context } from '../context.ts'
import { featureOf } from '../features.ts'
import { type Once, payloadHash } from '../messages/change.ts'
import { assertText } from '../messages/draft.ts'
import { assertFeature } from './assert-feature.ts'

export interface Repeatable {
  clientMutationId?: string | null
}

/** `work` hands the key on to the append, which keeps the result with what was done. Throws IDEMPOTENCY_CONFLICT for another question under the same id, FORBIDDEN for what the tenant has switched off, RATE_LIMITED. */
export async function idempotent<Result extends object>(
  context: Context,
  mutation: string,
  input: Repeatable,
  work: (once: Once | null) => Promise<Result>,
): Promise<Result> {
  const { caller, tenantId, parts } = context
  const { clientMutationId } = input
  const feature = featureOf(mutation)
  const paced = async (once: Once | null) => {
    if (feature) await assertFeature(context, feature)
    if (caller?.kind === 'USER') await parts.rateLimits.mutation(caller, mutation, await context.limits())
    return work(once)
  }
  if (clientMutationId == null || !caller) return paced(null)
  assertText(clientMutationId, 'input.clientMutationId', await context.limits(), 'clientMutationIdLength')
  const callerId = caller.kind === 'USER' ? caller.userId : caller.keyId
  const once: Once = { tenantId, callerId, clientMutationId, payloadHash: payloadHash(mutation, { ...input }) }
  return (await parts.append.done<Result>(once)) ?? paced(once)
}
