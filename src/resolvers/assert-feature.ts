/** Refuses what the caller's tenant has switched off. */
import type { Context } from '../context.ts'
import { ChatError } from '../errors.ts'
import type { FeatureName } from '../features.ts'

/** Throws FORBIDDEN. */
export async function assertFeature(context: Context, feature: FeatureName): Promise<void> {
  if ((await context.features())[feature]) return
  throw new ChatError('FORBIDDEN', {
    message: `The feature ${feature} is switched off for this tenant: do not offer it where limits { features { ${feature} } } is false; its operator can switch it on`,
    feature,
  })
}
