/** One process of the product: from its start until it answers, and its end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { patiently } from './patience.ts'

export interface ServerProcess {
  child: ChildProcess
  /** Resolves with its URL when it is ready; rejects when it ends before, or takes too long. */
  ready: Promise<string>
  /** Resolves when it has drained; rejects when it does not end well. */
  drain(): Promise<void>
  /** Kills it with -9. */
  kill(): Promise<void>
}

interface Options {
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  onLog: (text: string) => void
}

const START_MS = 60_000
const STOP_MS = 30_000

export function startServer({ args, cwd, env, onLog }: Options): ServerProcess {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.on('data', (chunk) => onLog(String(chunk)))
  const ready = patiently('starting', Promise.race([urlOf(child), earlyEnd(child)]), START_MS).then(answering)
  ready.catch(() => null) // told to who waits for it
  return {
    child,
    ready,
    drain: () => drain(child),
    async kill() {
      if (hasEnded(child)) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The server says where it listens. */
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

async function answering(url: string): Promise<string> {
  const { status } = await fetch(new URL('/readyz', url))
  if (status !== 200) throw new Error(`/readyz answers ${status}`)
  return url
}

async function drain(server: ChildProcess): Promise<void> {
  if (!hasEnded(server)) {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await patiently('draining after SIGTERM', ended, STOP_MS)
  }
  if (server.exitCode !== 0) throw new Error(`the server ended with ${server.signalCode ?? server.exitCode}`)
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null
