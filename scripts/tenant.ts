/**
 * `npm run tenant -- create --slug NAME [--name TITLE] [--limits JSON]`: a tenant and its first server key, which is shown this once.
 * `npm run tenant -- issuer --slug NAME --issuer ISS --audience AUD --jwks URL`: tokens of that issuer are verified with the keys at the URL.
 */
import { parseArgs } from 'node:util'
import { StartError } from '../src/errors.ts'
import { encodeId } from '../src/lib/ids.ts'
import { orExplain } from './explain.ts'
import { withParts } from './with-parts.ts'

const USAGE = `usage: npm run tenant -- create --slug NAME [--name TITLE] [--limits '{"pageSize":200}']
       npm run tenant -- issuer --slug NAME --issuer ISS --audience AUD --jwks URL`

await orExplain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      slug: { type: 'string' },
      name: { type: 'string' },
      limits: { type: 'string' },
      issuer: { type: 'string' },
      audience: { type: 'string' },
      jwks: { type: 'string' },
    },
  })
  const { slug, name = slug, limits } = values
  if (positionals[0] === 'issuer') return registerIssuer(values)
  if (positionals[0] !== 'create' || !slug || !name) throw new StartError(USAGE)
  await withParts(async (parts) => {
    if (await parts.tenants.bySlug(slug))
      throw new StartError(`There is a tenant "${slug}" already; choose another slug`)
    const tenantId = await parts.tenants.create({ slug, name, limits: parsed(limits) })
    const serverKey = await parts.serverKeys.create(tenantId, 'first')
    console.log(JSON.stringify({ tenantId: encodeId('tenant', tenantId), serverKey }))
  })
})

async function registerIssuer({
  slug,
  issuer,
  audience,
  jwks,
}: {
  slug?: string
  issuer?: string
  audience?: string
  jwks?: string
}): Promise<void> {
  if (!slug || !issuer || !audience || !jwks || !/^https?:/.test(URL.parse(jwks)?.protocol ?? ''))
    throw new StartError(USAGE)
  await withParts(async (parts) => {
    const tenant = await parts.tenants.bySlug(slug)
    if (!tenant) throw new StartError(`There is no tenant "${slug}"`)
    await parts.tenants.registerIssuer(tenant.id, { issuer, audience, jwksUrl: jwks })
    console.log(`Tokens of ${issuer} are now verified with the keys at ${jwks}`)
  })
}

function parsed(limits: string | undefined): Record<string, number> {
  try {
    return JSON.parse(limits ?? '{}') as Record<string, number>
  } catch (cause) {
    throw new StartError(`--limits is no JSON. ${USAGE}`, { cause })
  }
}
