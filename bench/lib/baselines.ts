/** The servers that ours is measured against, as they are in bench/baselines. */

import { freePort } from '../../scripts/services/free-port.ts'
import { startRedis } from '../../scripts/services/redis.ts'
import { startChild } from './child.ts'

export interface Server {
  url: string
  /** Whose CPU and memory count as its own. */
  pids: readonly number[]
}

export async function startBare(opened: AsyncDisposableStack): Promise<Server> {
  return start(baseline('bare-ws.mjs', {}), opened)
}

export async function startUsual(
  opened: AsyncDisposableStack,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const redis = opened.use(await startRedis())
  const { url, pids } = await start(baseline('usual-yoga.mjs', { ...env, REDIS_URL: redis.url }), opened)
  return { url: `${url}/graphql`, pids: [...pids, redis.pid] }
}

/** No baseline, but what none could be cheaper than, in that file: its first argument is the port. */
export async function startFloor(
  file: `bench/${string}/floor-server.ts`,
  options: readonly string[],
  opened: AsyncDisposableStack,
): Promise<Server> {
  return start((port) => ({ args: [file, String(port), ...options] }), opened)
}

const baseline = (file: string, env: Record<string, string>) => (port: number) => ({
  args: [`bench/baselines/${file}`],
  env: { ...env, PORT: String(port) },
})

async function start(
  on: (port: number) => { args: string[]; env?: Record<string, string> },
  opened: AsyncDisposableStack,
): Promise<Server> {
  const port = await freePort()
  const program = { command: process.execPath, ready: /^listening$/m, ...on(port) }
  const { pid } = opened.use(await startChild(program))
  return { url: `http://127.0.0.1:${port}`, pids: [pid] }
}
