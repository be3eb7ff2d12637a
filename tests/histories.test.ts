/** Short random histories; `npm run test:histories` plays long ones. */
import { expect } from 'vitest'
import { createRandom } from '../demo/lib/random.ts'
import { type Breakage, breakages } from './histories/breakage.ts'
import { playHistories } from './histories/histories.ts'
import { makeHistory } from './histories/operation.ts'
import { play } from './histories/play.ts'
import { test } from './support/test-app.ts'

const PATIENCE_MS = 180_000

test('what a client rebuilds from its feed equals a fresh read, and unread counts equal a recount', {
  timeout: PATIENCE_MS,
}, async ({ app }) => {
  const report = await playHistories(app, { seed: 4, runs: 2, operations: 300, breakage: null, say: () => {} })
  expect(report).toBeNull()
})

test.for(Object.keys(breakages) as Breakage[])(
  'the verdict fails by %s',
  { timeout: PATIENCE_MS },
  async (breakage, { app }) => {
    const history = makeHistory(createRandom(4), 200)
    const { faults } = await play(app, history, { atOnce: 8, close: 0, judgeEvery: 100, breakage })
    expect(faults).not.toEqual([])
  },
)
