/** A server that a bench starts: a process of its own, whose CPU and memory the kernel tells, gone with the bench. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from '../../scripts/environment.ts'

const START_MS = 30_000
const STOP_MS = 20_000
const ROOT = `${import.meta.dirname}/../..`

export interface Child extends AsyncDisposable {
  pid: number
  /** kill -9. */
  kill(): Promise<void>
}

interface Program {
  command: string
  args: readonly string[]
  env?: Record<string, string>
  /** It takes connections when it has printed this. */
  ready: RegExp
}

/** Nothing of the bench's own environment but the PATH: a DATABASE_URL there may name real data. */
export async function startChild({ command, args, env, ready }: Program): Promise<Child> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: environment.path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  await printed(child, ready).catch((cause) => {
    child.kill('SIGKILL')
    throw new Error(`${command} ${args.join(' ')} did not start`, { cause })
  })
  return {
    pid: child.pid ?? 0,
    kill: () => end(child, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  }
}

/** Goes on reading what it prints, so that it never waits for us. */
function printed(child: ChildProcess, line: RegExp): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let text = ''
  const late = setTimeout(() => reject(new Error(`not ready after ${START_MS} ms:\n${text}`)), START_MS)
  const told = (chunk: Buffer) => {
    text = `${text}${chunk}`.slice(-4_000)
    if (line.test(text)) resolve()
  }
  child.stdout?.on('data', told)
  child.stderr?.on('data', told)
  child.once('error', reject)
  child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code}:\n${text}`)))
  return promise.finally(() => clearTimeout(late))
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const harder = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(harder)
}

// A signal ends a process without its `exit` event, unless somebody listens.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
