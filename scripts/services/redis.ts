// A throw-away Redis for tests, benches and demos: its own folder and port, on 127.0.0.1 only, gone with its starter.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from '../environment.ts'
import { findRedis } from './find.ts'
import { freePort } from './free-port.ts'
import { watchdog } from './watchdog.ts'

const START_TIMEOUT_MS = 10_000

export interface RedisServer extends AsyncDisposable {
  /** Stays the same over `kill()` and `start()`. */
  readonly url: string
  /** Of the running server; whoever measures what it costs asks the kernel. */
  readonly pid: number
  /** kill -9, as in a crash. */
  kill(): Promise<void>
  /** Stops its process where it is: connections stay open and nothing answers, as when a network is cut. Until `thaw()`. */
  freeze(): void
  thaw(): void
  /** Starts again after `kill()`, at the same port. Resolves when it answers. */
  start(): Promise<void>
  /** Ends the server and deletes its folder. */
  stop(): Promise<void>
}

/** The server that tests use: TEST_REDIS_URL if it is set, else one of our own. */
export async function redisForTests(): Promise<Pick<RedisServer, 'url' | 'stop'>> {
  return environment.testRedisUrl === null ? startRedis() : { url: environment.testRedisUrl, stop: async () => {} }
}

/** With settings of redis.conf beside its own; a password is not in `url`. */
export async function startRedis(more: Record<string, string> = {}): Promise<RedisServer> {
  const program = findRedis()
  if (program === null) throw new Error('expected redis-server on this machine: apt-get install redis-server')
  const folder = mkdtempSync(join(tmpdir(), 'parley-redis-'))
  const pidFile = join(folder, 'redis.pid')
  const port = await freePort()
  const settings = { bind: '127.0.0.1', port, dir: folder, pidfile: pidFile, save: '', ...more }
  let running: ChildProcess | null = null

  const start = async () => {
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
    const launched = spawn(program, flags, { cwd: folder, env: { PATH: environment.path }, stdio: 'ignore' })
    running = launched
    if (launched.pid !== undefined)
      launched.once('exit', watchdog({ pid: launched.pid, pidFile, folder, signal: 'TERM' }, {}))
    const deadline = Date.now() + START_TIMEOUT_MS
    while (!(await answers(port))) {
      if (launched.exitCode !== null || Date.now() > deadline) throw new Error(`Redis did not start on port ${port}`)
      await delay(10)
    }
  }

  const end = async (signal: NodeJS.Signals) => {
    const ending = running
    running = null
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = once(ending, 'exit')
    ending.kill(signal)
    await ended
  }

  const stop = async () => {
    await end('SIGKILL') // it keeps nothing
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    await start()
  } catch (cause) {
    await stop()
    throw cause
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return running?.pid ?? 0
    },
    start,
    kill: () => end('SIGKILL'),
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Whatever it says: with a password it says that it wants one. */
async function answers(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    const answered = once(socket, 'data') // rejects at an error
    socket.write('PING\r\n')
    await answered
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
