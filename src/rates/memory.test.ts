import { expect, test } from 'vitest'
import { ratesContract } from './contract.ts'
import { memoryRates } from './memory.ts'

ratesContract('memory', async () => {
  const rates = memoryRates()
  return { near: rates, far: rates }
})

test('of more keys than it holds the one not counted for longest is forgotten', async () => {
  const rates = memoryRates(2)
  for (const key of ['one', 'two', 'one', 'three']) await rates.count(key, 60)
  expect(await rates.count('one', 60)).toMatchObject({ count: 3 })
  expect(await rates.count('two', 60)).toMatchObject({ count: 1 })
})
