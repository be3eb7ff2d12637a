/** Each vendor's package is imported by its named files only, so that a change of vendor is a change of one file. */
import { readFileSync } from 'node:fs'
import { type Import, importsOf, sourceFiles } from './imports.ts'
import { report } from './report.ts'

/** Package -> who in src/ may import it, its types too: beginnings of paths below src/; '' = anywhere; none = a program. */
const vendors: Record<string, string[]> = {
  '@aws-sdk/*': ['objects/s3.ts'],
  '@escape.tech/*': ['gateway/query-limits.ts'],
  '@electric-sql/pglite': ['embedded.ts'],
  '@graphql-yoga/*': ['gateway/graphiql.ts'],
  '@pothos/*': ['schema/builder.ts'],
  '@prisma/adapter-pg': ['db.ts'],
  '@prisma/client': ['db.ts'],
  dataloader: [''],
  'file-type': ['files/sniff.ts'],
  graphql: ['schema/', 'gateway/'],
  'graphql-redis-subscriptions': ['bus/redis.ts'],
  'graphql-scalars': ['schema/scalars.ts'],
  'graphql-ws': ['gateway/websocket.ts'],
  'graphql-yoga': ['gateway/graphql.ts'],
  ioredis: ['bus/redis.ts', 'rates/redis.ts'],
  jose: ['accounts/tokens.ts'],
  'ipaddr.js': ['gateway/addresses.ts'],
  'lru-cache': [''],
  node: [],
  pg: ['migrate.ts'],
  'pg-boss': ['jobs/queue.ts'],
  'pglite-prisma-adapter': ['db.ts'],
  pino: ['log.ts'],
  prisma: [],
  'prom-client': ['metrics.ts'],
  sharp: ['files/picture-process.ts'],
  'typeid-js': ['lib/ids.ts'],
  'rate-limiter-flexible': ['rates/'],
  ws: ['gateway/ws-socket.ts'],
}

const table = 'scripts/check/vendors.ts'
const shipped = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies ?? {})
const rowOf = (name: string): string | undefined => [name, name.replace(/\/.*/, '/*')].find((key) => key in vendors)
const rowless = shipped.filter((name) => !rowOf(name))
const leftOver = Object.keys(vendors).filter((key) => !shipped.some((name) => rowOf(name) === key))

function fault({ at, from, to }: Import): string[] {
  const name = to.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? to
  if (!shipped.includes(name)) return [`${at} imports ${name}, which an installation without devDependencies lacks`]
  const files = vendors[rowOf(name) ?? '']
  if (!files || files.some((beginning) => from.startsWith(beginning))) return []
  const who = files.map((file) => `src/${file}`).join(' and ') || 'nobody in src/'
  return [`${at} imports ${name}: only ${who} may, so that a change of vendor is a change of one file`]
}

report([
  ...rowless.map(
    (name) => `${name} is a dependency without a row in ${table}: name there the one file that may import it`,
  ),
  ...leftOver.map((key) => `${key} has a row in ${table}, but is not in the dependencies: take the row away`),
  ...sourceFiles()
    .flatMap(importsOf)
    .filter(({ kind }) => kind === 'package')
    .flatMap(fault),
])
