/** A process's end of the Redis bus as a test sees it: what it hears, counts and logs. */
import type { Bus } from '../../src/bus/bus.ts'
import { redisBus } from '../../src/bus/redis.ts'
import { type BusEvent, isEphemeral } from '../../src/events.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'

export const TOPIC = 'stream:one'

export async function openEnd(url: string) {
  const metrics = createMetrics()
  const lines: string[] = []
  const logger = createLog('info', { write: (line) => void lines.push(line) })
  const bus = await redisBus({ url, metrics, logger })
  const text = () => metrics.registry.metrics()
  return {
    bus,
    /** 0 where nothing was counted. */
    count: async (line: string) =>
      Number(
        (await text())
          .split('\n')
          .find((each) => each.startsWith(`${line} `))
          ?.split(' ')[1] ?? 0,
      ),
    said: (message: RegExp) => lines.filter((line) => message.test(line)).length,
  }
}

export async function listen(bus: Bus, topic = TOPIC): Promise<BusEvent[]> {
  const heard: BusEvent[] = []
  await bus.subscribe(topic, (event) => heard.push(event))
  return heard
}

export const seqsOf = (heard: BusEvent[]) => heard.map((event) => (isEphemeral(event) ? null : event.seq))
