/** The product, started as a user would, on a temporary folder, with a tenant of its own; gone with the demo, however that ends. */
import { type ChildProcess, execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../scripts/services/free-port.ts'
import { environment } from './environment.ts'
import { CannotRun } from './outcome.ts'
import { startServer } from './server-process.ts'

export interface Product {
  url: string
  /** A server key of the tenant. */
  key: string
  /** What it stores into, for the header. */
  database: string
  /** The last lines of its log. */
  log(): string
  /** Kills it with -9 at once, and starts it again on the same data and port; resolves when it answers. */
  restart(): Promise<void>
  /** Drains it and deletes its folder. Throws when it does not end well. */
  stop(): Promise<void>
}

export const badBuses = ['late', 'lossy'] as const
export type BadBus = (typeof badBuses)[number]

const ROOT = join(import.meta.dirname, '../..')
const LOG_LINES = 20
/** As `npm start` has them. */
const NODE_FLAGS = ['--max-semi-space-size=16']

/** The tenant's limits are raised by public configuration: no code path knows of demos. */
export async function startProduct(limits: Record<string, number>, bus: BadBus | null): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-demo-'))
  const env: NodeJS.ProcessEnv = {
    SECRETS_KEY: secretsKey(environment.DATABASE_URL),
    LOG_LEVEL: 'warn',
    ...environment,
    HOST: '127.0.0.1',
    PORT: `${await freePort()}`, // after a restart it is to be found where it was
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

  const { log, onLog } = lastLines()
  const args = [...NODE_FLAGS, ...(bus ? ['demo/faulty-node.ts', bus] : ['src/main.ts'])]
  const start = () => {
    const started = startServer({ args, cwd: ROOT, env, onLog })
    running = started.child
    return started
  }
  let server = start()
  try {
    return {
      url: await server.ready,
      key,
      database: env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database',
      log,
      async restart() {
        await server.kill()
        server = start()
        await server.ready.catch((error: Error) => {
          throw new Error(`the server did not start again after kill -9: ${error.message}`)
        })
      },
      stop: () => server.drain(),
    }
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

function lastLines() {
  let text = ''
  return {
    onLog(chunk: string) {
      text = `${text}${chunk}`.split('\n').slice(-LOG_LINES).join('\n')
    },
    log: () => text.trim(),
  }
}

/** The same for every run on the same database: what one has encrypted the next has to read. */
function secretsKey(databaseUrl: string | undefined): string {
  return createHash('sha256')
    .update(databaseUrl ?? randomBytes(32))
    .digest('base64url')
}
