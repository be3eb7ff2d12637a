/** Opens what nodes hear of each other by: Redis, where one is configured; else this node is alone. */
import type { Bus } from './bus/bus.ts'
import { memoryBus } from './bus/memory.ts'
import { redisBus } from './bus/redis.ts'
import type { Config } from './config.ts'
import type { Parts } from './context.ts'
import type { Log } from './log.ts'

export async function openBus(
  { redisUrl: url }: Config,
  parts: Pick<Parts, 'metrics'> & { logger: Log },
): Promise<Bus> {
  if (url) return redisBus({ url, ...parts })
  parts.metrics.busConnected.set(1)
  return memoryBus()
}
