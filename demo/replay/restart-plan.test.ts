import { expect, test } from 'vitest'
import { createRandom } from '../lib/random.ts'
import { restartPlan } from './restart-plan.ts'

test.each([0, 1, 3, 20])('%i restarts have places that rise, none beyond the last line', (restarts) => {
  for (let seed = 0; seed < 50; seed++) {
    const places = restartPlan(207, restarts, createRandom(seed))
    expect(places).toHaveLength(restarts)
    expect(places).toEqual([...new Set(places)].toSorted((one, other) => one - other))
    for (const place of places) expect(place).toSatisfy((at: number) => at >= 1 && at <= 207)
    expect(restartPlan(207, restarts, createRandom(seed))).toEqual(places)
  }
})
