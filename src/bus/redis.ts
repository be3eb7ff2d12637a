/** Redis as the link between processes: one connection that publishes, one that listens, topics as channels. */
import { type PubSubRedisOptions, RedisPubSub } from 'graphql-redis-subscriptions'
import { Redis, type RedisOptions } from 'ioredis'
import { StartError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Bus } from './bus.ts'
import type { Link } from './link.ts'
import { linkedBus } from './linked.ts'

/** A server that does not answer for so long is away, its connection open or not. */
const PATIENCE_MS = 5_000
/** Nothing may be said for long on either connection, so it is asked whether it is there. */
const PULSE_MS = 5_000
const PULSE = 'pulse'

const OPTIONS: RedisOptions = {
  lazyConnect: true,
  connectionName: 'parley',
  connectTimeout: PATIENCE_MS,
  socketTimeout: PATIENCE_MS,
  // A connection that is lost is over, and with it all that was asked on it: linked.ts opens the next one. Nothing is queued in here.
  retryStrategy: () => null,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  disableClientInfo: true,
}

export const redisBus = ({ url, ...parts }: { url: string; metrics: Metrics; logger: Log }): Promise<Bus> =>
  linkedBus({ connect: (signal) => connectRedis(url, signal), ...parts })

async function connectRedis(url: string, signal: AbortSignal): Promise<Link> {
  // What is published in one tick is one write.
  const publisher = new Redis(url, { ...OPTIONS, enableAutoPipelining: true })
  const subscriber = forgiving(new Redis(url, OPTIONS))
  const clients = [publisher, subscriber]
  let cause: unknown = null
  const end = () => {
    for (const client of clients) client.disconnect()
  }
  const lost = new Promise<unknown>((resolve) => {
    for (const client of clients) {
      client.on('error', (error) => (cause ??= bare(error)))
      client.on('end', () => resolve(cause ?? new Error('Redis closed the connection')))
    }
  })
  signal.addEventListener('abort', end, { once: true })
  void lost.then(() => {
    end()
    signal.removeEventListener('abort', end)
  })
  try {
    await Promise.all(clients.map((client) => client.connect()))
    const pubsub = open(publisher, subscriber)
    // Channels are not of one database in Redis: with its number in the name those of two installations are apart.
    const channelOf = (topic: string) => `parley:${publisher.options.db ?? 0}:${topic}`
    // Where these are refused, all else would be.
    await pubsub.subscribe(channelOf(PULSE), () => undefined)
    await pubsub.publish(channelOf(PULSE), '')
    const beating = setInterval(() => {
      for (const client of clients) client.ping().catch(() => undefined) // what it means the connection says by its end
    }, PULSE_MS).unref()
    void lost.then(() => clearInterval(beating))
    return {
      lost,
      publish: (topic, text) => pubsub.publish(channelOf(topic), text),
      async subscribe(topic, hear) {
        const id = await pubsub.subscribe<string>(channelOf(topic), hear)
        return () => pubsub.unsubscribe(id)
      },
    }
  } catch (error) {
    end()
    throw refusal(cause ?? bare(error))
  }
}

function open(publisher: Redis, subscriber: Redis): RedisPubSub {
  return new RedisPubSub({
    // The same class of another version, by its types.
    ...({ publisher, subscriber } as unknown as Pick<PubSubRedisOptions, 'publisher' | 'subscriber'>),
    messageEventName: 'messageBuffer',
    // Text as it is: what this library cannot parse it would pass on as if it could.
    serializer: (text: string) => text,
    deserializer: (message) => message.toString(),
  })
}

/** The library lets go of the promises of these two: a connection lost just then would end the process. */
function forgiving(subscriber: Redis): Redis {
  for (const name of ['unsubscribe', 'punsubscribe'] as const) {
    const ask = subscriber[name].bind(subscriber) as (...channels: string[]) => Promise<unknown>
    subscriber[name] = (...channels: unknown[]) => ask(...(channels as string[])).catch(() => 0) as Promise<never>
  }
  return subscriber
}

/** An error of this library holds the command that was refused, and that of signing in holds the password: it would be logged. */
function bare(error: unknown): unknown {
  if (error instanceof Error && 'command' in error) delete error.command
  return error
}

/** A StartError where asking again would not mend it. */
function refusal(error: unknown): unknown {
  const message = error instanceof Error ? error.message : ''
  return /^(WRONGPASS|NOAUTH|NOPERM)/.test(message)
    ? new StartError(`REDIS_URL: Redis refuses this node: ${message}. Check the user and the password in the URL`)
    : error
}
