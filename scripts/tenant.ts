/** `npm run tenant -- COMMAND`: makes a tenant, changes its settings, and gives and takes keys. */
import { parseArgs } from 'node:util'
import type { Parts } from '../src/context.ts'
import { ChatError, StartError } from '../src/errors.ts'
import { encodeId } from '../src/lib/ids.ts'
import type { Uuid } from '../src/model.ts'
import { orExplain } from './explain.ts'
import { deleteBySlug } from './tenant-delete.ts'
import { oldUntil } from './tenant-keys.ts'
import { assigned, shownTenant } from './tenant-settings.ts'
import { withParts } from './with-parts.ts'

const USAGE = `usage: npm run tenant -- create --slug NAME [--name TITLE] [--limits '{"pageSize":200}']
       npm run tenant -- set NAME [limit.NAME=NUMBER …] [feature.NAME=on|off …] [--limits JSON] [--trusted-documents-only true|false]
       npm run tenant -- show NAME
       npm run tenant -- issuer --slug NAME --issuer ISS --audience AUD --jwks URL
       npm run tenant -- revoke-issuer --slug NAME --issuer ISS
       npm run tenant -- list
       npm run tenant -- suspend --slug NAME
       npm run tenant -- resume --slug NAME
       npm run tenant -- delete NAME --confirm NAME [--dry-run]
       npm run tenant -- rotate NAME [--at-once | --old-until 24h|DATE]
       npm run tenant -- server-key --slug NAME [--name TITLE]
       npm run tenant -- server-keys --slug NAME
       npm run tenant -- revoke-server-key --slug NAME --id ID`

interface Options {
  slug?: string
  name?: string
  limits?: string
  issuer?: string
  audience?: string
  jwks?: string
  id?: string
  'trusted-documents-only'?: string
  'at-once'?: boolean
  'old-until'?: string
  confirm?: string
  'dry-run'?: boolean
}

/** `words`: those behind the tenant's name. */
type Command = (parts: Parts, tenantId: Uuid, options: Options & { words: string[] }) => Promise<unknown>

/** On a tenant that there is; what each answers is printed. */
const commands: Record<string, Command> = {
  set: ({ tenants }, tenantId, { limits, words, 'trusted-documents-only': only }) => {
    if (only !== undefined && only !== 'true' && only !== 'false') throw new StartError(USAGE)
    const own = assigned(words)
    return tenants.change(tenantId, {
      limits: { ...parsed(limits), ...own.limits },
      features: own.features,
      ...(only !== undefined && { trustedDocumentsOnly: only === 'true' }),
    })
  },

  show: async ({ tenants }, tenantId) =>
    JSON.stringify({ ...shownTenant(await tenants.stored(tenantId)), keys: await tenants.keys(tenantId) }, null, 2),

  /** Tokens of that issuer are verified with the keys at the URL. */
  async issuer({ tenants }, tenantId, { issuer, audience, jwks }) {
    if (!issuer || !audience || !jwks || !/^https?:/.test(URL.parse(jwks)?.protocol ?? '')) throw new StartError(USAGE)
    await tenants.registerIssuer(tenantId, { issuer, audience, jwksUrl: jwks })
    return `Tokens of ${issuer} are now verified with the keys at ${jwks}`
  },

  async 'revoke-issuer'({ tenants }, tenantId, { issuer }) {
    if (!issuer) throw new StartError(USAGE)
    if (!(await tenants.revokeIssuer(tenantId, issuer))) throw new StartError(`There is no issuer "${issuer}"`)
    return `Tokens of ${issuer} are refused; the sockets that they opened end within a second`
  },

  async rotate({ tenants }, tenantId, { 'at-once': atOnce = false, 'old-until': until }) {
    const old = oldUntil({ atOnce, until })
    await tenants.rotateSigningKey(tenantId, { oldUntil: old })
    const others = 'are refused, the sockets that they opened end within a second'
    return old
      ? `Tokens are made with a new secret; those of the one before are good until ${old.toISOString()}, older ones ${others}`
      : `Tokens are made with a new secret; those of before ${others}`
  },

  async suspend({ tenants }, tenantId) {
    if (!(await tenants.suspend(tenantId))) return 'It is suspended already'
    return 'Nobody of it is let in; open sockets end within a second. What is stored stays; see resume'
  },

  resume: async ({ tenants }, tenantId) =>
    (await tenants.resume(tenantId)) ? 'Everybody is let in again' : 'It is not suspended',

  'server-key': async ({ serverKeys }, tenantId, { name = 'another' }) => ({
    serverKey: await serverKeys.create(tenantId, name),
  }),

  'server-keys': ({ serverKeys }, tenantId) => serverKeys.list(tenantId),

  async 'revoke-server-key'({ serverKeys }, tenantId, { id }) {
    if (!id || !/^[0-9a-f-]{36}$/.test(id)) throw new StartError(USAGE)
    if (!(await serverKeys.revoke(tenantId, id))) throw new StartError(`There is no server key ${id}; see server-keys`)
    return `The server key ${id} is refused; the sockets that it opened end within a second`
  },
}

await orExplain(async () => {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ slug: text, name: text, limits: text, issuer: text, audience: text, jwks: text, id: text },
      'trusted-documents-only': text,
      'at-once': { type: 'boolean' },
      'old-until': text,
      confirm: text,
      'dry-run': { type: 'boolean' },
    },
  })
  const [name = '', ...words] = positionals
  const slug = values.slug ?? words.shift()
  if (name === 'list') return withParts(list)
  if (name === 'delete' && slug)
    return withParts(
      async (parts, { db }) =>
        console.log(JSON.stringify(await deleteBySlug(parts, db, slug, values).catch(explained), null, 2)),
      { files: true },
    )
  const command = name === 'create' ? null : commands[name]
  if (!slug || command === undefined) throw new StartError(USAGE)
  await withParts(async (parts) => {
    const tenant = await parts.tenants.bySlug(slug)
    if (command && !tenant) throw new StartError(`There is no tenant "${slug}"`)
    const answer = command && tenant ? command(parts, tenant.id, { ...values, words }) : create(parts, slug, values)
    const shown = await answer.catch(explained)
    console.log(typeof shown === 'string' ? shown : JSON.stringify(shown))
  })
})

/** A line of JSON each, by slug. */
async function list({ tenants }: Parts): Promise<void> {
  for (let after = '', page = null; page === null || page.length; after = page.at(-1)?.slug ?? after) {
    page = await tenants.page({ after, limit: 500 })
    for (const { id, slug, name, createdAt, suspendedAt, settings } of page)
      console.log(JSON.stringify({ tenantId: encodeId('tenant', id), slug, name, createdAt, suspendedAt, settings }))
  }
}

/** And its first server key, which is shown this once. */
async function create(
  { tenants, serverKeys }: Parts,
  slug: string,
  { name = slug, limits }: Options,
): Promise<unknown> {
  if (await tenants.bySlug(slug)) throw new StartError(`There is a tenant "${slug}" already; choose another slug`)
  const tenantId = await tenants.create({ slug, name, limits: parsed(limits) })
  return { tenantId: encodeId('tenant', tenantId), serverKey: await serverKeys.create(tenantId, 'first') }
}

function explained(error: unknown): never {
  if (error instanceof ChatError) throw new StartError(error.message, { cause: error })
  throw error
}

function parsed(limits: string | undefined): Record<string, number> {
  try {
    return JSON.parse(limits ?? '{}') as Record<string, number>
  } catch (cause) {
    throw new StartError(`--limits is no JSON. ${USAGE}`, { cause })
  }
}
