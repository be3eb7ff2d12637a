/** From the configuration to a node that serves: it picks adapters, adapters make parts (parts.ts), parts make the servers and what works by itself. */
import { openDemo } from '../prisma/seed.ts'
import { createIdentify } from './accounts/identify.ts'
import type { Bus } from './bus/bus.ts'
import { type Config, isDemo } from './config.ts'
import type { Parts } from './context.ts'
import type { Db } from './db.ts'
import { ownSecret } from './embedded.ts'
import type { Pace } from './ephemera/pace.ts'
import type { Demo } from './gateway/graphiql.ts'
import { openServers } from './gateway/servers.ts'
import { createQueue, type JobHandler, type Queue } from './jobs/queue.ts'
import { queryLimitsWith } from './limits.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openBus } from './open-bus.ts'
import { openDatabase } from './open-database.ts'
import { type FileStore, fileJobs, openFiles } from './open-files.ts'
import { createParts } from './parts.ts'
import { ownPresence } from './presence/memory.ts'
import type { Presence } from './presence/presence.ts'
import { memoryRates } from './rates/memory.ts'
import { redisRates } from './rates/redis.ts'
import { handlersOf } from './timed-work.ts'
import { consumers as logConsumers } from './workers/consumers.ts'
import { showMessageCounts } from './workers/count-messages.ts'
import { databaseHealth, suspecting } from './workers/database-health.ts'
import { showDeadLetters } from './workers/dead-letters.ts'
import { expireMessages, showOverdue } from './workers/expire-messages.ts'
import { followLog } from './workers/follow-log.ts'
import { keepPresence } from './workers/keep-presence.ts'
import { createLookout, type Watched } from './workers/lookout.ts'
import { noteConnections } from './workers/note-connections.ts'
import { noteLastSeen } from './workers/note-last-seen.ts'
import { repairAversions } from './workers/repair-aversions.ts'
import { type Job, runUntilClosed, worker } from './workers/worker.ts'

const TAIL_MS = 1_000

export interface App {
  url: string
  adminUrl: string
  parts: Parts
  db: Db
  /** Of timed work. */
  queue: Queue
  /** Of the demo tenant, null where there is no demo. */
  demo: Demo | null
  /** Resolves when the consumers of the log have handled all that was committed before, and files are scanned and removed that wait for it. */
  drainWorkers(): Promise<void>
  /** Sends everybody elsewhere by turns, and ends. */
  stop(): Promise<void>
  /** Whoever is still here goes now. */
  hasten(): void
}

/** What tests put in another's place. */
export interface Overrides {
  bus?: Bus
  presence?: Presence
  pace?: Pace
  /** Timed work besides our own. */
  handlers?: JobHandler[]
  scanner?: FileStore['scanner']
  /** Takes the parts as they were made and answers those that serve: with one of them broken, say. */
  parts?: (made: Parts) => Parts
}

/** Throws StartError, telling what to do, when the node cannot start; nothing is left open then. */
export async function startApp(config: Config, logger: Log, overrides: Overrides = {}): Promise<App> {
  await using opened = new AsyncDisposableStack()
  const { db, queueDatabase } = await openDatabase(config, opened)
  const metrics = createMetrics()
  const bus = overrides.bus ?? opened.adopt(await openBus(config, { metrics, logger }), (own) => own.close())
  const presence = overrides.presence ?? opened.adopt(ownPresence(), (own) => own.close())
  const secretsKey = config.secretsKey ?? ownSecret(config.dataDir)
  const queryLimits = queryLimitsWith(config.queryLimits)
  const rates = opened.adopt(config.redisUrl ? redisRates(config.redisUrl) : memoryRates(), (own) => own.close())
  const files = await openFiles(config, { secretsKey, opened, ...overrides })
  const health = databaseHealth({ db, metrics, logger })
  const jobs = createQueue({ database: queueDatabase, logger, health })
  const more = { queryLimits, rates, files, health, jobs, ...(overrides.pace && { pace: overrides.pace }) }
  const made = createParts({ db, bus, presence, metrics, logger, secretsKey, hook: config, ...more })
  const parts = overrides.parts?.(made) ?? made
  showMessageCounts({ db, metrics })
  showDeadLetters({ db, metrics })
  showOverdue({ db, metrics })
  await parts.tenants.assertSecretsKey()

  await parts.hubs.tailPass()
  opened.defer(() => parts.hubs.close())
  opened.defer(() => health.close())
  const work = (job: Job) => worker(job, { logger, health })
  const lookout = createLookout({ db })
  const watch = (job: Watched) => lookout.watch(job, { logger, health })
  const consumers = [
    ...logConsumers.map((consumer) => followLog({ db, consumer })),
    ...fileJobs({ ...parts, logger }),
  ].map(watch)
  const tail = work({ name: 'tail', everyMs: TAIL_MS, pass: parts.hubs.tailPass })
  const lastSeen = work(noteLastSeen(parts))
  // After the servers, which are closed first: so that those are noted who leave now.
  opened.defer(() => lastSeen.drain().catch((error) => logger.warn({ error }, 'who was here last is not noted')))
  const connections = work(noteConnections(parts))
  opened.defer(() => connections.drain().catch((error) => logger.warn({ error }, 'who has gone is not noted')))
  opened.defer(() => parts.devices.close())
  const own = { ...parts, db, logger }
  const leases = keepPresence({ ...parts, presence, bus })
  const others = [...[expireMessages(own), repairAversions(parts)].map(watch), ...[leases, lookout.look].map(work)]
  runUntilClosed([tail, ...consumers, lastSeen, connections, ...others], opened)
  const handlers = [...handlersOf({ db, parts, logger }), ...(overrides.handlers ?? [])]
  opened.defer(() => jobs.close())
  await jobs.open(handlers.map(({ kind }) => kind))
  await jobs.run(handlers)

  const demo = isDemo(config) ? await openDemo(parts) : null
  const [identify, translate, ping] = [createIdentify(parts), suspecting(health), () => db.$queryRaw`select 1`]
  const ways = { config, parts, identify, translate, ping, logger, demo, urls: files.urls }
  const { url, adminUrl, drain, hasten } = await openServers(ways)
  opened.defer(drain)
  const all = opened.move()
  return {
    url,
    adminUrl,
    parts,
    db,
    queue: jobs,
    demo,
    stop: () => all.disposeAsync(),
    hasten,
    drainWorkers: async () => {
      for (const each of consumers) await each.drain()
    },
  }
}
