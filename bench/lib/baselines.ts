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
  return start('bare-ws.mjs', {}, opened)
}

export async function startUsual(
  opened: AsyncDisposableStack,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const redis = opened.use(await startRedis())
  const { url, pids } = await start('usual-yoga.mjs', { ...env, REDIS_URL: redis.url }, opened)
  return { url: `${url}/graphql`, pids: [...pids, redis.pid] }
}

async function start(file: string, env: Record<string, string>, opened: AsyncDisposableStack): Promise<Server> {
  const port = await freePort()
  const program = { command: process.execPath, args: [`bench/baselines/${file}`], ready: /^listening$/m }
  const { pid } = opened.use(await startChild({ ...program, env: { ...env, PORT: String(port) } }))
  return { url: `http://127.0.0.1:${port}`, pids: [pid] }
}
