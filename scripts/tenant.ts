/** `npm run tenant -- create --slug NAME [--name TITLE] [--limits JSON]`: a tenant and its first server key, which is shown this once. */
import { parseArgs } from 'node:util'
import { StartError } from '../src/errors.ts'
import { encodeId } from '../src/lib/ids.ts'
import { orExplain } from './explain.ts'
import { withParts } from './with-parts.ts'

const USAGE = `usage: npm run tenant -- create --slug NAME [--name TITLE] [--limits '{"pageSize":200}']`

await orExplain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { slug: { type: 'string' }, name: { type: 'string' }, limits: { type: 'string' } },
  })
  const { slug, name = slug, limits } = values
  if (positionals[0] !== 'create' || !slug || !name) throw new StartError(USAGE)
  await withParts(async (parts) => {
    if (await parts.tenants.bySlug(slug))
      throw new StartError(`There is a tenant "${slug}" already; choose another slug`)
    const tenantId = await parts.tenants.create({ slug, name, limits: parsed(limits) })
    const serverKey = await parts.serverKeys.create(tenantId, 'first')
    console.log(JSON.stringify({ tenantId: encodeId('tenant', tenantId), serverKey }))
  })
})

function parsed(limits: string | undefined): Record<string, number> {
  try {
    return JSON.parse(limits ?? '{}') as Record<string, number>
  } catch (cause) {
    throw new StartError(`--limits is no JSON. ${USAGE}`, { cause })
  }
}
