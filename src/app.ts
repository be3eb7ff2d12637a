/** The only wiring: the configuration picks adapters, adapters make parts, parts make the servers. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createIdentify } from './accounts/identify.ts'
import { createServerKeys } from './accounts/server-keys.ts'
import { createTenants } from './accounts/tenants.ts'
import { createTokens } from './accounts/tokens.ts'
import { createUsers } from './accounts/users.ts'
import type { Bus } from './bus/bus.ts'
import { memoryBus } from './bus/memory.ts'
import { type Config, isDemo } from './config.ts'
import type { Parts } from './context.ts'
import { createAccess } from './conversations/access.ts'
import { createConversations } from './conversations/conversations.ts'
import { createMemberships } from './conversations/memberships.ts'
import { connectEmbedded, connectPostgres, type Db } from './db.ts'
import { createCursors } from './delivery/cursor.ts'
import { createHubs } from './delivery/hubs.ts'
import { createLogReader } from './delivery/log.ts'
import { openEmbedded } from './embedded.ts'
import { StartError } from './errors.ts'
import { createAdmin } from './gateway/admin.ts'
import { createExpose } from './gateway/errors.ts'
import { createExecution } from './gateway/execution.ts'
import type { Demo } from './gateway/graphiql.ts'
import { createGraphql } from './gateway/graphql.ts'
import { createHttp } from './gateway/http.ts'
import { createOrigins } from './gateway/origins.ts'
import { createWebsocket } from './gateway/websocket.ts'
import { encodeId } from './lib/ids.ts'
import { loop } from './lib/loop.ts'
import { createSeal } from './lib/seal.ts'
import type { Log } from './log.ts'
import { createAppend } from './messages/append.ts'
import { createHistory } from './messages/history.ts'
import { createMetrics } from './metrics.ts'
import { assertMigrated, embeddedConnection, migrate, type SqlConnection, withPostgres } from './migrate.ts'
import { seedDemo } from '../prisma/seed.ts'
import { countMessages, showMessageCounts } from './workers/count-messages.ts'
import { followLog } from './workers/follow-log.ts'
import { makePartitions } from './workers/make-partitions.ts'
import { worker } from './workers/worker.ts'

const TAIL_MS = 1_000
const DEMO_TOKEN_SECONDS = 12 * 3_600

export interface App {
  url: string
  adminUrl: string
  parts: Parts
  db: Db
  /** Of the demo tenant, null where there is no demo. */
  demo: Demo | null
  /** Resolves when the consumers of the log have handled all that was committed before. */
  drainWorkers(): Promise<void>
  stop(): Promise<void>
}

/** What tests put in another's place. */
export interface Overrides {
  bus?: Bus
}

/** Throws StartError, telling what to do, when the node cannot start; nothing is left open then. */
export async function startApp(config: Config, logger: Log, overrides: Overrides = {}): Promise<App> {
  const opened: (() => Promise<unknown> | void)[] = []
  const closeAll = async () => {
    for (const close of opened.reverse()) await close()
  }
  try {
    return await start()
  } catch (error) {
    await closeAll()
    throw error
  }

  async function start(): Promise<App> {
    const db = await openDatabase(config, opened)
    const bus = overrides.bus ?? memoryBus()
    opened.push(() => bus.close())
    const metrics = createMetrics()
    const parts = createParts({ db, bus, metrics, logger, secretsKey: config.secretsKey ?? ownSecret(config.dataDir) })
    showMessageCounts({ db, metrics })

    await parts.hubs.tailPass()
    const stopping = new AbortController()
    const consumers = [worker(followLog({ db, consumer: countMessages }), logger)]
    const running = [
      loop(parts.hubs.tailPass, { everyMs: TAIL_MS, signal: stopping.signal, onError: (error) => logger.warn({ error }, 'the tail cannot read the log') }),
      ...[...consumers, worker(makePartitions({ db }), logger)].map((each) => each.run(stopping.signal)),
    ]
    opened.push(async () => {
      stopping.abort()
      await Promise.all(running)
      parts.hubs.close()
    })

    const demo = isDemo(config) ? await openDemo(parts) : null
    const { url, adminUrl, drain } = await openServers({ config, parts, db, logger, demo })
    opened.push(drain)
    return { url, adminUrl, parts, db, demo, stop: closeAll, drainWorkers: async () => void (await Promise.all(consumers.map((each) => each.drain()))) }
  }
}

// ---------------------------------------------------------------------------------------------------- parts

export function createParts({ db, bus, metrics, logger, secretsKey }: { db: Db; bus: Bus; metrics: Parts['metrics']; logger: Log; secretsKey: string }): Parts {
  const seal = createSeal(secretsKey)
  const tenants = createTenants({ db, seal })
  const memberships = createMemberships({ db })
  const log = createLogReader({ db })
  return {
    seal,
    metrics,
    tenants,
    memberships,
    log,
    tokens: createTokens({ tenants }),
    users: createUsers({ db }),
    serverKeys: createServerKeys({ db }),
    access: createAccess({ memberships }),
    conversations: createConversations({ db }),
    append: createAppend({ db, bus, metrics }),
    history: createHistory({ db }),
    hubs: createHubs({ log, bus, metrics, logger }),
    cursors: createCursors({ seal }),
  }
}

/** Migrated, and with this server's epoch named. */
export async function openDatabase(config: Config, opened: (() => Promise<unknown> | void)[]): Promise<Db> {
  const prepare = async (connection: SqlConnection) => {
    if (config.migrateOnStart) await migrate(connection)
    else await assertMigrated(connection)
    await connection.run('select log_epoch_now()')
  }
  if (config.databaseUrl) {
    await withPostgres(config.databaseDirectUrl ?? config.databaseUrl, prepare)
    const db = connectPostgres(config.databaseUrl, config.databaseConnections)
    opened.push(() => db.$disconnect())
    return db
  }
  const embedded = await openEmbedded(config.dataDir)
  opened.push(() => embedded.close())
  await prepare(embeddedConnection(embedded))
  const db = connectEmbedded(embedded)
  opened.push(() => db.$disconnect())
  return db
}

/** Made at random once per data folder. */
export function ownSecret(dataDir: string): string {
  const file = join(dataDir, 'secrets-key')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8')
}

// ---------------------------------------------------------------------------------------------------- servers

async function openDemo(parts: Parts): Promise<Demo> {
  const tenantId = await seedDemo(parts)
  const alice = await parts.users.byExternalId(tenantId, 'alice')
  const [newest] = alice ? await parts.conversations.page(tenantId, alice.id, { after: null, limit: 50 }).then((all) => all.filter(({ title }) => title === 'General')) : []
  return {
    conversationId: newest ? encodeId('conv', newest.id) : '',
    async tokenFor(externalId) {
      const user = await parts.users.byExternalId(tenantId, externalId)
      return user && (await parts.tokens.make(tenantId, { externalId, role: user.role, ttlSeconds: DEMO_TOKEN_SECONDS })).token
    },
  }
}

interface ServersNeed {
  config: Config
  parts: Parts
  db: Db
  logger: Log
  demo: Demo | null
}

async function openServers({ config, parts, db, logger, demo }: ServersNeed) {
  const expose = createExpose(logger)
  const execution = createExecution(parts, expose)
  const identify = createIdentify(parts)
  const origins = createOrigins(config.allowedOrigins)
  const graphql = createGraphql({ parts, identify, execution, expose, origins })
  const websocket = createWebsocket({ identify, graphql, execution, expose, metrics: parts.metrics })
  let isDraining = false
  const notReady = async () => {
    if (isDraining) return 'draining'
    return db.$queryRaw`select 1`.then(
      () => null,
      () => 'the database does not answer',
    )
  }
  const http = createHttp({ graphql, websocket, origins, logger, notReady, demo })
  const admin = createAdmin({ metrics: parts.metrics })
  await listen(http.server, config.port, config.host, 'PORT')
  const port = (http.server.address() as AddressInfo).port
  await listen(admin, config.adminPort ?? (config.port === 0 ? 0 : port + 1), '127.0.0.1', 'ADMIN_PORT').catch((error) => {
    http.server.close()
    throw error
  })

  /** Unready first; then what is under way gets its answers; then every socket is told to come back elsewhere. */
  async function drain(): Promise<void> {
    isDraining = true
    const closed = new Promise<void>((resolve) => http.server.once('close', resolve))
    http.close()
    await within(config.drainSeconds * 1_000, execution.settled())
    websocket.goAway()
    http.server.closeIdleConnections()
    await within(config.drainSeconds * 1_000, Promise.all([closed, parts.append.drain()]))
    http.server.closeAllConnections()
    admin.close()
    admin.closeAllConnections()
  }

  const address = (server: Server) => `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`
  return { url: address(http.server), adminUrl: `http://127.0.0.1:${(admin.address() as AddressInfo).port}`, drain }
}

function listen(server: Server, port: number, host: string, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${cause.message})`
      reject(new StartError(`${variable}: ${host}:${port} ${why}; choose another one`, { cause }))
    })
    server.listen(port, host, 4_096, resolve)
  })
}

const within = (ms: number, work: Promise<unknown>): Promise<unknown> => Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())])
