import { afterAll, test as base, beforeAll, describe, expect } from 'vitest'
import { findRedis } from '../../scripts/services/find.ts'
import { type RedisServer, redisForTests, startRedis } from '../../scripts/services/redis.ts'
import { needs } from '../../tests/support/needs.ts'
import { newUuid } from '../lib/ids.ts'
import { ratesContract } from './contract.ts'
import type { Rates } from './rates.ts'
import { redisRates } from './redis.ts'

const isHere = needs('redis') !== null

/** Connected: what one counts the other one knows. */
async function shared(url: string): Promise<{ near: Rates; far: Rates }> {
  const [near, far] = [redisRates(url), redisRates(url)]
  await expect
    .poll(
      async () => {
        const key = newUuid()
        await near.count(key, 60)
        return (await far.count(key, 60)).count
      },
      { timeout: 10_000 },
    )
    .toBe(2)
  return { near, far }
}

describe.skipIf(!isHere)('on any Redis', () => {
  let server: Pick<RedisServer, 'url' | 'stop'>
  beforeAll(async () => {
    server = await redisForTests()
  })
  afterAll(() => server?.stop())

  ratesContract('Redis, two nodes', () => shared(server.url))
})

const test = base.extend<{ server: RedisServer }>({
  server: async ({ skip }, use) => {
    if (findRedis() === null) skip('no redis-server here that could be killed: apt-get install redis-server')
    await using server = await startRedis()
    await use(server)
  },
})

test('while Redis is away each node counts for itself; when it is back, together again', async ({ server }) => {
  const { near, far } = await shared(server.url)
  await server.kill()
  expect(await near.count('away', 60)).toMatchObject({ count: 1 })
  expect(await near.count('away', 60)).toMatchObject({ count: 2 })
  expect(await far.count('away', 60)).toMatchObject({ count: 1 })
  await server.start()
  await expect
    .poll(
      async () => {
        const key = newUuid()
        await near.count(key, 60)
        return (await far.count(key, 60)).count
      },
      { timeout: 15_000 },
    )
    .toBe(2)
  await Promise.all([near.close(), far.close()])
})

test('a Redis that does not answer is waited for a moment, once, and nothing fails by it', async ({ server }) => {
  const { near, far } = await shared(server.url)
  server.freeze()
  const start = performance.now()
  expect((await near.count('frozen', 60)).count).toBe(1)
  expect(performance.now() - start).toBeLessThan(2_000)
  const later = performance.now()
  for (let n = 2; n <= 20; n++) expect((await near.count('frozen', 60)).count).toBe(n)
  expect(performance.now() - later).toBeLessThan(2_000)
  server.thaw()
  await Promise.all([near.close(), far.close()])
})

test('where there is no Redis at all it counts, too', async () => {
  const rates = redisRates('redis://127.0.0.1:1')
  expect([await rates.count('none', 60), await rates.count('none', 60)].map(({ count }) => count)).toEqual([1, 2])
  await rates.close()
})
