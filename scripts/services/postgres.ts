// A throw-away PostgreSQL for tests, benches and demos: its own folder and port, on 127.0.0.1 only, gone with its starter.

import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { environment } from '../environment.ts'
import { findPostgres } from './find.ts'
import { freePort } from './free-port.ts'
import { createDatabase, onServer } from './postgres-databases.ts'
import { watchdog } from './watchdog.ts'

const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 10_000

export interface PostgresServer extends AsyncDisposable {
  /** As superuser, to the database `postgres`. Stays the same over `kill()` and `start()`. */
  readonly url: string
  createDatabase(name: string): Promise<string>
  /** kill -9, as in a crash. What was committed is there after `start()`, with `fsync: false` too: the machine lives on. */
  kill(): Promise<void>
  /** Starts again after `kill()`: same folder, port and settings. Resolves when it takes connections. */
  start(): Promise<void>
  /** Ends the server and deletes its folder. */
  stop(): Promise<void>
}

/** The server that tests use: TEST_DATABASE_URL if it is set, else one of our own, else null. */
export async function postgresForTests(): Promise<Pick<PostgresServer, 'url' | 'stop'> | null> {
  if (environment.testDatabaseUrl !== null) return { url: environment.testDatabaseUrl, stop: async () => {} }
  return findPostgres() === null ? null : startPostgres({ fsync: false })
}

export async function startPostgres({
  fsync = true,
  settings: more = {},
}: {
  fsync?: boolean
  /** As in postgresql.conf. */
  settings?: Readonly<Record<string, string>>
} = {}): Promise<PostgresServer> {
  const bin = findPostgres()
  if (bin === null) throw new Error('expected PostgreSQL 15 or newer on this machine: apt-get install postgresql')
  const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'))
  const data = join(folder, 'data')
  const logFile = join(folder, 'server.log')
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
    fsync: fsync ? 'on' : 'off',
    ...more,
  }
  const owner = ownerOfServer()
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
  // Not the whole environment: PGDATA, PGOPTIONS and the like would change what is started.
  const as = { ...owner, cwd: folder, env: { PATH: environment.path } }
  let running: ChildProcess | null = null

  const init = async () => {
    // C.UTF-8 is what the embedded database has: text sorts alike on both, letters of all scripts are letters.
    const flags = ['-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
    await promisify(execFile)(join(bin, 'initdb'), ['-D', data, ...flags], as)
  }

  const start = async () => {
    const deadline = Date.now() + START_TIMEOUT_MS
    while (running === null) {
      const launched = launch()
      if (await answers(launched, deadline)) running = launched
      // After kill() the orphaned backends live until they notice, and a new server refuses to start beside them.
      else if (Date.now() < deadline && log().includes('shared memory block')) await delay(100)
      else throw new Error(`PostgreSQL did not start; its log ends:\n${log()}`)
    }
  }

  const launch = () => {
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const out = openSync(logFile, 'a')
    const launched = spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...as, stdio: ['ignore', out, out] })
    closeSync(out)
    if (launched.pid !== undefined) {
      const watched = { pid: launched.pid, pidFile: join(data, 'postmaster.pid'), folder, signal: 'QUIT' } as const
      launched.once('exit', watchdog(watched, as))
    }
    return launched
  }

  const answers = async (launched: ChildProcess, deadline: number) => {
    while (!hasEnded(launched) && Date.now() < deadline) {
      // Refused and "starting up" both mean: ask again. If it never answers, the log tells why.
      if (await onServer(url, () => Promise.resolve(true)).catch(() => false)) return true
      await delay(25)
    }
    await end(launched, 'SIGQUIT')
    return false
  }

  const log = () => readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')

  const kill = async () => {
    if (running !== null) await end(running, 'SIGKILL')
    running = null
  }

  const stop = async () => {
    // SIGINT is the fast shutdown: it waits for nobody's session.
    if (running !== null) await end(running, 'SIGINT')
    running = null
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    await init()
    await start()
  } catch (cause) {
    await stop()
    throw cause
  }
  return { url, start, kill, stop, createDatabase: (name) => createDatabase(url, name), [Symbol.asyncDispose]: stop }
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(server)) return
  const ended = once(server, 'exit')
  server.kill(signal)
  const harder = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(harder)
}

// PostgreSQL refuses to run as root: then it runs as the user that its package made.
function ownerOfServer(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
