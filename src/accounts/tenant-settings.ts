/** What a tenant's settings hold, as `tenant.settings` keeps them: what is not there is as limits.ts and features.ts have it. */
import { ChatError } from '../errors.ts'
import { featureNames, isFeature } from '../features.ts'
import { isOfTenant, limits } from '../limits.ts'
import type { Tenant } from '../model.ts'

export type Settings = Pick<Tenant, 'limits' | 'features' | 'trustedDocumentsOnly'>

export function settingsOf({ settings }: { settings: unknown }): Settings {
  return { limits: {}, features: {}, trustedDocumentsOnly: false, ...(settings as Partial<Settings>) }
}

/** What is not given stays. */
export function changedSettings(before: Settings, changes: Partial<Settings>): Settings {
  return {
    ...before,
    ...changes,
    limits: { ...before.limits, ...changes.limits },
    features: { ...before.features, ...changes.features },
  }
}

/** Throws INVALID_INPUT with the names that there are. */
export function assertSettings({ limits: own, features }: Partial<Settings>): void {
  if (own) assertLimits(own)
  if (features) assertFeatures(features)
}

function assertLimits(own: Tenant['limits']): void {
  for (const [name, value] of Object.entries(own)) {
    if (!isOfTenant(name))
      throw new ChatError('INVALID_INPUT', {
        message: `there is no limit "${name}" of a tenant; choose of ${Object.keys(limits).filter(isOfTenant).join(', ')}`,
        path: 'limits',
      })
    if (!Number.isSafeInteger(value) || value < 1)
      throw new ChatError('INVALID_INPUT', {
        message: `the limit ${name} must be a whole number above 0`,
        path: 'limits',
      })
  }
}

function assertFeatures(own: Tenant['features']): void {
  for (const name of Object.keys(own))
    if (!isFeature(name))
      throw new ChatError('INVALID_INPUT', {
        message: `there is no feature "${name}"; choose of ${featureNames.join(', ')}`,
        path: 'features',
      })
}
