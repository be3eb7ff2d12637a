/** A Redis that is killed, comes late, freezes or refuses: what a node does without it. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Redis } from 'ioredis'
import { test as base, expect } from 'vitest'
import { findRedis } from '../../scripts/services/find.ts'
import { type RedisServer, startRedis } from '../../scripts/services/redis.ts'
import { listen, openEnd, seqsOf, TOPIC } from '../../tests/support/bus-end.ts'
import { StartError } from '../errors.ts'
import { eventOf } from './contract.ts'

const NOT_HERE = 'no redis-server here that could be killed: apt-get install redis-server'

const test = base.extend<{ server: RedisServer }>({
  server: async ({ skip }, use) => {
    if (findRedis() === null) skip(NOT_HERE)
    await using server = await startRedis()
    await use(server)
  },
})

test('is away: nothing fails or waits, a node’s own readers hear at once; when it is back all topics are heard again', async ({
  server,
}) => {
  const [one, other] = [await openEnd(server.url), await openEnd(server.url)]
  const [own, far] = [await listen(one.bus), await listen(other.bus)]
  for (let outage = 1; outage <= 2; outage++) {
    await server.kill()
    await expect.poll(() => one.count('parley_bus_connected')).toBe(0)
    await expect.poll(() => other.count('parley_bus_connected')).toBe(0)
    own.length = far.length = 0
    one.bus.publish(TOPIC, eventOf(1))
    await expect.poll(() => seqsOf(own)).toEqual([1])
    const late = await listen(other.bus, `late ${outage}`)
    await server.start()
    await expect.poll(() => one.count('parley_bus_connected'), { timeout: 10_000 }).toBe(1)
    await expect.poll(() => other.count('parley_bus_connected'), { timeout: 10_000 }).toBe(1)
    // Connected is not yet subscribed again.
    await expect
      .poll(() => {
        one.bus.publish(TOPIC, eventOf(2))
        one.bus.publish(`late ${outage}`, eventOf(3))
        return [far.length > 0, late.length > 0, own.length > 1]
      })
      .toEqual([true, true, true])
    expect(seqsOf(far)).not.toContain(1)
    for (const { said } of [one, other]) {
      expect(said(/the bus is away/)).toBe(outage)
      expect(said(/the bus is back/)).toBe(outage)
    }
  }
  await Promise.all([one.bus.close(), other.bus.close()])
})

test('is not there yet when the node starts: it starts, says so once, and goes on by itself', async ({ server }) => {
  await server.kill()
  const { bus, count, said } = await openEnd(server.url)
  const heard = await listen(bus)
  await server.start()
  await expect.poll(() => count('parley_bus_connected'), { timeout: 10_000 }).toBe(1)
  expect([said(/the bus is away/), said(/the bus is back/)]).toEqual([1, 1])
  bus.publish(TOPIC, eventOf(1))
  await expect.poll(() => seqsOf(heard)).toEqual([1])
  expect(await count('parley_bus_events_total{direction="IN"}')).toBe(1)
  await bus.close()
})

test('no longer answers: what waits for it is bounded, and it is given up', async ({ server }) => {
  const { bus, count } = await openEnd(server.url)
  const heard = await listen(bus)
  server.freeze()
  const large = eventOf(1)
  large.message = { ...large.message, text: 'x'.repeat(20_000) }
  for (let n = 0; n < 1_000; n++) bus.publish(TOPIC, large)
  const dropped = await count('parley_bus_lost_total{reason="FULL"}')
  expect(dropped).toBeGreaterThan(100)
  await expect.poll(() => heard.length).toBe(dropped)
  // A reader who comes now does not wait for ever.
  await listen(bus, 'another')
  await expect.poll(() => count('parley_bus_connected'), { timeout: 15_000 }).toBe(0)
  expect(await count('parley_bus_lost_total{reason="CUT"}')).toBe(1_000 - dropped)
  server.thaw()
  await expect.poll(() => count('parley_bus_connected'), { timeout: 15_000 }).toBe(1)
  await bus.close()
})

test('is closed while it is away, or frozen', async ({ server }) => {
  const [one, other] = [await openEnd(server.url), await openEnd(server.url)]
  const stop = await other.bus.subscribe(TOPIC, () => undefined)
  server.freeze()
  stop() // Redis is told while it is frozen: that this fails when it is killed must not end the process
  one.bus.publish(TOPIC, eventOf(1))
  await one.bus.close()
  await server.kill()
  await expect.poll(() => other.count('parley_bus_connected')).toBe(0)
  await other.bus.close()
  expect(other.said(/the bus is away/)).toBe(1)
  expect(one.said(/the bus is away/)).toBe(0)
})

test('refuses the password: the start fails and says what to do', async ({ skip }) => {
  if (findRedis() === null) skip(NOT_HERE)
  await using server = await startRedis({ requirepass: 'right' })
  await expect(openEnd(server.url)).rejects.toThrow(StartError)
  await expect(openEnd(server.url.replace('//', '//:wrong@'))).rejects.toThrow(/REDIS_URL: Redis refuses.*WRONGPASS/)
  const { bus, count } = await openEnd(server.url.replace('//', '//:right@'))
  expect(await count('parley_bus_connected')).toBe(1)
  await bus.close()
})

test('needs to give a node no other rights than docs/OPERATIONS.md tells', async ({ server }) => {
  const raw = new Redis(server.url)
  const rights = ['+@connection', '+publish', '+subscribe', '+unsubscribe', '+punsubscribe']
  await raw.acl('SETUSER', 'parley', 'on', '>right', 'resetchannels', '&parley:*', '-@all', ...rights)
  const url = server.url.replace('//', '//parley:right@')
  const { bus, said } = await openEnd(url)
  const heard = await listen(bus)
  const stop = await bus.subscribe('left', () => undefined)
  bus.publish(TOPIC, eventOf(1))
  await expect.poll(() => seqsOf(heard)).toEqual([1])
  stop()
  const listeners = async () => (await raw.pubsub('NUMSUB', 'parley:0:left'))[1]
  await expect.poll(listeners, { timeout: 5_000 }).toBe(0)
  await bus.close()
  expect(said(/the bus is away/)).toBe(0)
  await raw.acl('SETUSER', 'parley', '-publish')
  await expect(openEnd(url)).rejects.toThrow(/REDIS_URL: Redis refuses this node: NOPERM.*publish/)
  raw.disconnect()
})

test('refuses for another reason: it is asked again later, and the log does not tell the password', async () => {
  const full = createServer((socket) =>
    socket.on('error', () => {}).on('data', () => socket.write('-ERR max number of clients reached\r\n'.repeat(2))),
  )
  await once(full.listen(0, '127.0.0.1'), 'listening')
  const { bus, said } = await openEnd(`redis://:hidden@127.0.0.1:${(full.address() as AddressInfo).port}`)
  expect(said(/max number of clients reached/)).toBe(1)
  expect(said(/hidden/)).toBe(0)
  await bus.close()
  full.close()
})
