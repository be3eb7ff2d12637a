/** Every option once; the only reader of process.env. docs/CONFIG.md and .env.example are printed from this table. */
import { StartError } from './errors.ts'
import {
  count,
  httpUrl,
  networks,
  oneOf,
  origins,
  port,
  postgresUrl,
  queryLimits,
  redisUrl,
  secretsKey,
  text,
  yesNo,
} from './lib/option-texts.ts'
import { faultsTogether } from './lib/options-together.ts'
import type { QueryLimits } from './limits.ts'

interface Option<T> {
  env: string
  parse: (text: string) => T
  default: T
  secret?: true
  doc: string
}

const option = <T>(spec: Option<T>): Option<T> => spec

export const options = {
  host: option({
    env: 'HOST',
    parse: text,
    default: '127.0.0.1',
    doc: 'Address to listen on. Any other than 127.0.0.1 switches the demo tenant off.',
  }),
  port: option({ env: 'PORT', parse: port, default: 4000, doc: 'Port of the API; 0 takes a free one.' }),
  adminPort: option<number | null>({
    env: 'ADMIN_PORT',
    parse: port,
    default: null,
    doc: 'Port of /metrics, on 127.0.0.1 only. PORT + 1 unless set.',
  }),
  dataDir: option({
    env: 'DATA_DIR',
    parse: text,
    default: './.data',
    doc: 'Folder of the embedded database and of what this node keeps. One process at a time.',
  }),
  databaseUrl: option<string | null>({
    env: 'DATABASE_URL',
    parse: postgresUrl,
    default: null,
    secret: true,
    doc: 'PostgreSQL 15 or newer. Without it the embedded database in DATA_DIR is used.',
  }),
  databaseDirectUrl: option<string | null>({
    env: 'DATABASE_DIRECT_URL',
    parse: postgresUrl,
    default: null,
    secret: true,
    doc: 'The same database without a pooler in between, for migrations. DATABASE_URL unless set.',
  }),
  databaseConnections: option({
    env: 'DATABASE_CONNECTIONS',
    parse: count,
    default: 10,
    doc: 'Connections to PostgreSQL that one process opens at most.',
  }),
  redisUrl: option<string | null>({
    env: 'REDIS_URL',
    parse: redisUrl,
    default: null,
    secret: true,
    doc: 'Redis as the bus between the processes on one database, like redis://user:password@host:6379. Without it what one process stored reaches readers on another one up to a second later.',
  }),
  publicOrigin: option<string | null>({
    env: 'PUBLIC_ORIGIN',
    parse: httpUrl,
    default: null,
    doc: 'How clients reach this server, as https://chat.example.com: what the URLs of files begin with where this server keeps them. The address that it listens on unless set.',
  }),
  objectsDir: option<string | null>({
    env: 'OBJECTS_DIR',
    parse: text,
    default: null,
    doc: 'Folder of the files that users send, the same one on every node. DATA_DIR/objects unless set; not used with S3_BUCKET.',
  }),
  s3Bucket: option<string | null>({
    env: 'S3_BUCKET',
    parse: text,
    default: null,
    doc: 'Bucket for the files that users send, in place of a folder. It must be there, and be nobody else’s.',
  }),
  s3Endpoint: option<string | null>({
    env: 'S3_ENDPOINT',
    parse: httpUrl,
    default: null,
    doc: 'Where S3 is spoken, as https://s3.example.com: clients must reach it, too. AWS unless set.',
  }),
  s3Region: option({ env: 'S3_REGION', parse: text, default: 'us-east-1', doc: 'Region of the bucket.' }),
  s3AccessKeyId: option<string | null>({
    env: 'S3_ACCESS_KEY_ID',
    parse: text,
    default: null,
    doc: 'Key that may read, write, list and delete in the bucket.',
  }),
  s3SecretAccessKey: option<string | null>({
    env: 'S3_SECRET_ACCESS_KEY',
    parse: text,
    default: null,
    secret: true,
    doc: 'Its secret.',
  }),
  safetyHookUrl: option<string | null>({
    env: 'SAFETY_HOOK_URL',
    parse: httpUrl,
    default: null,
    secret: true,
    doc: 'Where the operator is told of a report of danger to a child, as https://example.com/safety (docs/SAFETY.md). Without it a line is logged at level warn.',
  }),
  safetyHookSecret: option<string | null>({
    env: 'SAFETY_HOOK_SECRET',
    parse: secretsKey,
    default: null,
    secret: true,
    doc: 'At least 32 characters; signs what is sent there. Needed with SAFETY_HOOK_URL.',
  }),
  migrateOnStart: option({
    env: 'MIGRATE_ON_START',
    parse: yesNo,
    default: true,
    doc: 'Apply migrations at start. Set false in a fleet and run `npm run migrate` once per deploy.',
  }),
  secretsKey: option<string | null>({
    env: 'SECRETS_KEY',
    parse: secretsKey,
    default: null,
    secret: true,
    doc: 'At least 32 characters; encrypts tenants’ secrets and signs cursors. Needed with DATABASE_URL, the same on every node; made at random in DATA_DIR without.',
  }),
  allowedOrigins: option<readonly string[]>({
    env: 'ALLOWED_ORIGINS',
    parse: origins,
    default: [],
    doc: 'Origins, separated by commas, whose pages may call the API and open WebSockets; * for all. The server’s own pages always may.',
  }),
  trustedProxies: option<readonly string[]>({
    env: 'TRUSTED_PROXIES',
    parse: networks,
    default: [],
    doc: 'Networks of your load balancers, as 10.0.0.0/8, separated by commas: the client’s address is the right-most of X-Forwarded-For that is none of them. Without it the address of the connection counts.',
  }),
  proxyProtocol: option({
    env: 'PROXY_PROTOCOL',
    parse: yesNo,
    default: false,
    doc: 'Connections from TRUSTED_PROXIES begin with a header of the PROXY protocol, version 1 or 2; those without it are closed.',
  }),
  maxSockets: option({
    env: 'MAX_SOCKETS',
    parse: count,
    default: 10_000,
    doc: 'WebSockets of this node. Past it /readyz says full and a socket is closed with 4512 and retryAfterMs; past 5 % more the upgrade is answered with 503. Each takes a file descriptor.',
  }),
  connectsPerSecond: option({
    env: 'CONNECTS_PER_SECOND',
    parse: count,
    default: 500,
    doc: 'WebSockets that this node acknowledges in a second; twice as many at once. The others are told when to come again.',
  }),
  unnamedSocketsPerAddress: option({
    env: 'UNNAMED_SOCKETS_PER_ADDRESS',
    parse: count,
    default: 1_000,
    doc: 'WebSockets of one address, or of one /64 of IPv6, that have not given a valid token, or not yet. Behind proxies set TRUSTED_PROXIES, or all clients are of one address.',
  }),
  trustedDocuments: option<string | null>({
    env: 'TRUSTED_DOCUMENTS',
    parse: text,
    default: null,
    doc: 'File with a JSON object of hash and document, as persistedDocuments of the client preset of GraphQL Code Generator writes it. Clients may send a hash in place of the text; tenants with trustedDocumentsOnly must ask what is in it.',
  }),
  queryLimits: option<Partial<QueryLimits> | null>({
    env: 'QUERY_LIMITS',
    parse: queryLimits,
    default: null,
    doc: 'JSON with other limits of one document than those of LIMITS.md, as {"queryCost":500000}. The same on every node.',
  }),
  hardened: option({
    env: 'HARDENED',
    parse: yesNo,
    default: false,
    doc: 'No introspection, no /schema.graphql, no GraphiQL, no chat page, no demo tenant; of every tenant only trusted documents are taken.',
  }),
  logLevel: option<LogLevel>({
    env: 'LOG_LEVEL',
    parse: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
    doc: 'fatal, error, warn, info, debug, trace or silent.',
  }),
  drainSeconds: option({
    env: 'DRAIN_SECONDS',
    parse: count,
    default: 25,
    doc: 'How long a stopping node takes at most to send its clients elsewhere and to answer what is in flight. It ends as soon as they are gone.',
  }),
  drainDelaySeconds: option({
    env: 'DRAIN_DELAY_SECONDS',
    parse: (value) => (value === '0' ? 0 : count(value)),
    default: 0,
    doc: 'How long a stopping node says so at /readyz and serves as before, until the balancer has noticed.',
  }),
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
export type Config = { readonly [Name in keyof typeof options]: (typeof options)[Name]['default'] }

/** Throws one StartError that tells all faults at once. An empty variable counts as not set. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const faults: string[] = []
  const entries = Object.entries<Option<unknown>>(options).map(([name, spec]) => {
    const given = env[spec.env]
    if (given === undefined || given === '') return [name, spec.default]
    try {
      return [name, spec.parse(given)]
    } catch (fault) {
      faults.push(`${spec.env} ${(fault as Error).message}${spec.secret ? '' : `, not "${given}"`}`)
      return [name, spec.default]
    }
  })
  const config = Object.fromEntries(entries) as Config
  faults.push(...faultsTogether(config))
  if (faults.length)
    throw new StartError(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    )
  return config
}

/** The demo tenant, its sign-in links and the token in GraphiQL exist only on the embedded database bound to this machine alone. */
export const isDemo = (config: Config): boolean =>
  config.databaseUrl === null && config.host === '127.0.0.1' && !config.hardened
