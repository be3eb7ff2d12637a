/** The product as its operator has it: src/main.ts in a process of its own, on a PostgreSQL of its own, configured from outside. */
import manifest from '../../package.json' with { type: 'json' }
import { freePort } from '../../scripts/services/free-port.ts'
import { startPostgres } from '../../scripts/services/postgres.ts'
import { onServer } from '../../scripts/services/postgres-databases.ts'
import { memoryBus } from '../../src/bus/memory.ts'
import { loadConfig } from '../../src/config.ts'
import type { Parts } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { openDatabase } from '../../src/open-database.ts'
import { createParts } from '../../src/parts.ts'
import type { Server } from './baselines.ts'
import { startChild } from './child.ts'
import { parentOf } from './cpu.ts'

/** What stands after `exec node` in `npm start`. */
const START = manifest.scripts.start.split(' ').slice(2)

const SECRETS_KEY = 'a secret of benches, long enough for all'

export interface Node extends Server {
  /** As its /metrics tells it; 0 for what has never happened. */
  metric(name: string): Promise<number>
  kill(): Promise<void>
}

export interface Database {
  url: string
  /** The first process of its PostgreSQL. */
  pid: number
}

export async function startDatabase(
  opened: AsyncDisposableStack,
  settings: Readonly<Record<string, string>> = {},
): Promise<Database> {
  // Nothing waits for the disk: what is measured is what a node does with what is stored.
  const postgres = opened.use(await startPostgres({ fsync: false, settings }))
  const pid = await onServer(postgres.url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return parentOf(rows[0]?.pid ?? 0)
  })
  return { url: await postgres.createDatabase('bench'), pid }
}

/** Resolves when it takes calls. */
export async function startNode(
  { url: databaseUrl }: Database,
  env: Record<string, string>,
  opened: AsyncDisposableStack,
): Promise<Node> {
  const [port, adminPort] = [await freePort(), await freePort()]
  const own = { DATABASE_URL: databaseUrl, SECRETS_KEY, PORT: String(port), ADMIN_PORT: String(adminPort) }
  const { pid, kill } = opened.use(
    await startChild({
      command: process.execPath,
      args: START,
      env: { ...own, LOG_LEVEL: 'warn', DRAIN_SECONDS: '2', ...env },
      ready: /Parley is ready/,
    }),
  )
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    pids: [pid],
    kill,
    async metric(name) {
      const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text()
      return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0)
    },
  }
}

/** The product's parts on a database that no node serves yet: the first call makes its tables. */
export async function withParts<T>({ url }: Database, use: (parts: Parts) => Promise<T>): Promise<T> {
  await using opened = new AsyncDisposableStack()
  const { db } = await openDatabase(loadConfig({ DATABASE_URL: url, SECRETS_KEY }), opened)
  const own = { bus: memoryBus(), metrics: createMetrics(), logger: createLog('warn'), secretsKey: SECRETS_KEY }
  return await use(createParts({ db, ...own }))
}
