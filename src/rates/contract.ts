/** What every store of counts must do: one suite, which each adapter's test calls. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newUuid } from '../lib/ids.ts'
import type { Rates } from './rates.ts'

/** Two nodes' ends of one store, or the same one. */
export function ratesContract(name: string, open: () => Promise<{ near: Rates; far: Rates }>): void {
  describe(`rates contract: ${name}`, () => {
    let near: Rates
    let far: Rates
    let key: string
    beforeEach(async () => {
      ;({ near, far } = await open())
      key = newUuid()
    })
    afterEach(() => Promise.all([near.close(), far.close()]))

    test('counts one by one, on whatever node, and tells when it begins anew', async () => {
      const counted = [await near.count(key, 60), await far.count(key, 60), await near.count(key, 60)]
      expect(counted.map(({ count }) => count)).toEqual([1, 2, 3])
      for (const { resetsInMs } of counted) {
        expect(resetsInMs).toBeGreaterThan(50_000)
        expect(resetsInMs).toBeLessThanOrEqual(60_000)
      }
    })

    test('of many at the same moment each has a number of his own', async () => {
      const counted = await Promise.all(Array.from({ length: 100 }, (_, n) => (n % 2 ? near : far).count(key, 60)))
      expect(counted.map(({ count }) => count).sort((one, other) => one - other)).toEqual(
        Array.from({ length: 100 }, (_, n) => n + 1),
      )
    })

    test('other keys are counted apart', async () => {
      await near.count(key, 60)
      expect(await near.count(`${key} other`, 60)).toMatchObject({ count: 1 })
    })

    test('what is taken back was not counted', async () => {
      await near.count(key, 60)
      await near.count(key, 60)
      await far.uncount(key, 60)
      expect(await near.count(key, 60)).toMatchObject({ count: 2 })
    })

    test('begins anew when the time is over', async () => {
      await near.count(key, 1)
      await expect.poll(async () => (await near.count(key, 1)).count, { interval: 300, timeout: 5_000 }).toBe(1)
    })
  })
}
