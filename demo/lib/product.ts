/** The product, started as a user would, on a temporary folder, with a tenant of its own; gone with the demo, however that ends. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { environment } from './environment.ts'
import { CannotRun } from './outcome.ts'
import { patiently } from './patience.ts'

export interface Product {
  url: string
  /** A server key of the tenant. */
  key: string
  /** What it stores into, for the header. */
  database: string
  /** The last lines of its log. */
  log(): string
  /** Drains it and deletes its folder. Throws when it does not end well. */
  stop(): Promise<void>
}

export const badBuses = ['late', 'lossy'] as const
export type BadBus = (typeof badBuses)[number]

const ROOT = join(import.meta.dirname, '../..')
const START_MS = 60_000
const STOP_MS = 30_000
const LOG_LINES = 20

/** The tenant's limits are raised by public configuration: no code path knows of demos. */
export async function startProduct(limits: Record<string, number>, bus: BadBus | null): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-demo-'))
  const env: NodeJS.ProcessEnv = {
    SECRETS_KEY: secretsKey(environment.DATABASE_URL),
    LOG_LEVEL: 'warn',
    ...environment,
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    DATA_DIR: join(folder, 'data'),
  }
  let running: ChildProcess | null = null
  process.once('exit', () => {
    running?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

  const tenant = createTenant(env, limits)
  running = tenant.child
  const key = await tenant.key
  const server = spawn(process.execPath, bus ? ['demo/faulty-node.ts', bus] : ['src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = server
  const log = lastLines(server)
  const stop = () => end(server)
  try {
    const url = await patiently('starting', Promise.race([urlOf(server), earlyEnd(server)]), START_MS)
    const { status } = await fetch(new URL('/readyz', url))
    if (status !== 200) throw new Error(`/readyz answers ${status}`)
    return { url, key, database: env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database', log, stop }
  } catch (error) {
    throw new CannotRun(`the server did not start: ${(error as Error).message}\n${log()}`)
  }
}

function createTenant(env: NodeJS.ProcessEnv, limits: Record<string, number>) {
  const slug = `demo-${randomBytes(6).toString('hex')}` // a database may be shared with other runs
  const args = ['scripts/tenant.ts', 'create', '--slug', slug, '--name', 'Demo', '--limits', JSON.stringify(limits)]
  const made = promisify(execFile)(process.execPath, args, { cwd: ROOT, env })
  const key = made.then(
    ({ stdout }) => (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { serverKey: string }).serverKey,
    (error: Error & { stderr?: string }) => {
      throw new CannotRun(`the tenant could not be made\n${error.stderr || error.message}`)
    },
  )
  return { child: made.child, key }
}

/** PORT=0 takes a free port; the server says which. */
function urlOf(server: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let text = ''
  server.stdout?.on('data', (chunk) => {
    text += chunk
    const url = /ready at (http\S+)\s/.exec(text)?.[1]
    if (url) resolve(url)
  })
  return promise
}

async function earlyEnd(server: ChildProcess): Promise<never> {
  const [code, signal] = await once(server, 'exit')
  throw new Error(`it ended with ${signal ?? code}`)
}

function lastLines(server: ChildProcess): () => string {
  let text = ''
  server.stderr?.on('data', (chunk) => {
    text = `${text}${chunk}`.split('\n').slice(-LOG_LINES).join('\n')
  })
  return () => text.trim()
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await patiently('draining after SIGTERM', ended, STOP_MS)
  }
  if (server.exitCode !== 0) throw new Error(`the server ended with ${server.signalCode ?? server.exitCode}`)
}

/** The same for every run on the same database: what one has encrypted the next has to read. */
function secretsKey(databaseUrl: string | undefined): string {
  return createHash('sha256')
    .update(databaseUrl ?? randomBytes(32))
    .digest('base64url')
}
