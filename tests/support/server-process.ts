/** The server as its operator has it: a process of its own, started by `src/main.ts`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { raisedRates } from '../../scripts/raised-rates.ts'
import { memoryBus } from '../../src/bus/memory.ts'
import { loadConfig } from '../../src/config.ts'
import type { Db } from '../../src/db.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { openDatabase } from '../../src/open-database.ts'
import { createParts } from '../../src/parts.ts'
import type { FreshDatabase } from './database.ts'
import { createQueue } from './queue.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const SECRETS_KEY = 'a secret of tests, long enough for all'

/** What an operator sets. */
export type Environment = Record<string, string | undefined>

export interface ServerProcess extends AsyncDisposable {
  /** Resolves with its address when it is ready; rejects when it ends before. */
  ready(): Promise<string>
  /** Resolves when it has printed such a line. */
  printed(line: RegExp): Promise<string>
  signal(signal: NodeJS.Signals): void
  /** Resolves when it has ended. */
  ended(): Promise<Ending>
}

export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
  output: string
}

/** On this database and a free port, unless the environment says otherwise. */
export function startServer({ env }: Pick<FreshDatabase, 'env'>, more: Environment = {}): ServerProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { HOST: 'localhost', PORT: '0', ADMIN_PORT: '0', SECRETS_KEY, LOG_LEVEL: 'info', ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines = createQueue<string>('the server')
  let output = ''
  const ended = ending(child, () => output)
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const line of text.split('\n')) lines.push(line)
    })
  }
  void ended.then(({ code }) => lines.end(`exit ${code}: ${output}`))
  const printed = (line: RegExp) => lines.next((text) => line.test(text))
  return {
    async ready() {
      return /https?:\S+/.exec(await printed(/Parley is ready at/))?.[0] ?? ''
    },
    printed,
    signal: (signal) => void child.kill(signal),
    ended: () => ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function ending(child: ChildProcess, output: () => string): Promise<Ending> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal, output: output() }
}

/** A tenant's server key, made while no server runs. */
export async function createServerKey(database: Pick<FreshDatabase, 'env'>, slug = 'test'): Promise<string> {
  return withDatabase(database, async (db) => {
    const parts = { bus: memoryBus(), metrics: createMetrics(), logger: createLog('silent'), secretsKey: SECRETS_KEY }
    const { tenants, serverKeys } = createParts({ db, ...parts })
    return serverKeys.create(await tenants.create({ slug, name: slug, limits: raisedRates() }), 'first')
  })
}

/** Looks into it while no server runs. */
export async function withDatabase<T>({ env }: Pick<FreshDatabase, 'env'>, use: (db: Db) => Promise<T>): Promise<T> {
  await using opened = new AsyncDisposableStack()
  const { db } = await openDatabase(loadConfig({ ...env, SECRETS_KEY }), opened)
  return await use(db)
}
