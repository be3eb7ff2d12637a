/** What a tenant has set: shown, and changed by `limit.NAME=NUMBER` and `feature.NAME=on|off`. */
import { settingsOf } from '../src/accounts/tenant-settings.ts'
import { StartError } from '../src/errors.ts'
import { featuresOf } from '../src/features.ts'
import { encodeId } from '../src/lib/ids.ts'
import { isOfTenant, limits } from '../src/limits.ts'
import type { Tenant } from '../src/model.ts'

const SETTING = /^(limit|feature)\.([A-Za-z0-9]+)=(.+)$/

/** Of the words behind the slug. Throws StartError for what is none. */
export function assigned(words: readonly string[]): Pick<Tenant, 'limits' | 'features'> {
  const own = { limits: {} as Record<string, number>, features: {} as Record<string, boolean> }
  for (const word of words) {
    const [, what, name = '', value = ''] = SETTING.exec(word) ?? []
    if (what === 'limit') own.limits[name] = Number(value)
    else if (what === 'feature' && (value === 'on' || value === 'off')) own.features[name] = value === 'on'
    else throw new StartError(`"${word}" is no setting: write limit.NAME=NUMBER or feature.NAME=on, or off`)
  }
  return own
}

interface Row {
  id: string
  slug: string
  name: string
  createdAt: Date
  suspendedAt: Date | null
  settings: unknown
}

/** All that is in force, and what of it is the tenant's own. */
export function shownTenant({ id, slug, name, createdAt, suspendedAt, settings }: Row) {
  const { limits: own, features, trustedDocumentsOnly } = settingsOf({ settings })
  const inForce = Object.keys(limits)
    .filter(isOfTenant)
    .map((limit) => [limit, own[limit] ?? limits[limit].default])
  return {
    ...{ tenantId: encodeId('tenant', id), slug, name, createdAt, suspendedAt, trustedDocumentsOnly },
    own: { limits: own, features },
    features: Object.fromEntries(Object.entries(featuresOf({ features })).map(([key, on]) => [key, on ? 'on' : 'off'])),
    limits: Object.fromEntries(inForce) as Record<string, number>,
  }
}
