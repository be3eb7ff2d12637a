import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RedisServer, redisForTests } from '../../scripts/services/redis.ts'
import { listen, openEnd, seqsOf, TOPIC } from '../../tests/support/bus-end.ts'
import { needs } from '../../tests/support/needs.ts'
import { EVENT_VERSION } from '../events.ts'
import { busContract, eventOf } from './contract.ts'

const isHere = needs('redis') !== null

describe.skipIf(!isHere)('on any Redis', () => {
  let server: Pick<RedisServer, 'url' | 'stop'>
  beforeAll(async () => {
    server = await redisForTests()
  })
  afterAll(() => server?.stop())

  const connected = async () => {
    const { bus, count } = await openEnd(server.url)
    expect(await count('parley_bus_connected')).toBe(1)
    return bus
  }
  busContract('Redis, one process', async () => {
    const bus = await connected()
    return { near: bus, far: bus }
  })
  busContract('Redis, two processes', async () => ({ near: await connected(), far: await connected() }))

  test('what is no event, or of a version or kind of tomorrow, is counted, told once and heard by nobody', async () => {
    const [{ bus, count, said }, raw] = [await openEnd(server.url), new Redis(server.url)]
    const heard = await listen(bus)
    const newer = JSON.stringify({ version: EVENT_VERSION + 1, kind: 'MESSAGE_SENT', seq: { unlike: 'today' } })
    for (const text of ['', 'null', '{"version":1', '\uFFFD', newer, newer])
      await raw.publish(`parley:0:${TOPIC}`, text)
    bus.publish(TOPIC, eventOf(1))
    await expect.poll(() => heard).toEqual([eventOf(1)])
    expect(await count('parley_bus_lost_total{reason="UNPARSABLE"}')).toBe(4)
    expect(await count('parley_bus_lost_total{reason="UNKNOWN"}')).toBe(2)
    expect(said(/"reason":"UNPARSABLE"/)).toBe(1)
    expect(said(/"reason":"UNKNOWN"/)).toBe(1)
    await bus.close()
    raw.disconnect()
  })

  test('however many listen in a process, Redis knows of one; and of none a while after the last has left', async () => {
    const [one, other, raw] = [await openEnd(server.url), await openEnd(server.url), new Redis(server.url)]
    const listeners = async () => Number((await raw.pubsub('NUMSUB', `parley:0:${TOPIC}`))[1])
    const stops = await Promise.all([1, 2, 3].map(() => one.bus.subscribe(TOPIC, () => undefined)))
    await other.bus.subscribe(TOPIC, () => undefined)
    expect(await listeners()).toBe(2)
    for (const stop of stops) stop()
    expect(await listeners()).toBe(2)
    await expect.poll(listeners, { timeout: 5_000 }).toBe(1)
    const heard = await listen(one.bus)
    other.bus.publish(TOPIC, eventOf(1))
    await expect.poll(() => seqsOf(heard)).toEqual([1])
    await Promise.all([one.bus.close(), other.bus.close()])
    expect(await listeners()).toBe(0)
    raw.disconnect()
  })

  test('databases of one Redis are apart, though its channels are not', async () => {
    const [one, other] = [await openEnd(`${server.url}/1`), await openEnd(`${server.url}/2`)]
    const [heard, unheard] = [await listen(one.bus), await listen(other.bus)]
    one.bus.publish(TOPIC, eventOf(1))
    await expect.poll(() => seqsOf(heard)).toEqual([1])
    other.bus.publish(TOPIC, eventOf(2))
    await expect.poll(() => seqsOf(unheard)).toEqual([2])
    await Promise.all([one.bus.close(), other.bus.close()])
  })
})
