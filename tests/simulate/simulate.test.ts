/** A short run, and each rule taken away once; `npm run test:simulate` plays as many seeds as one likes. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from './rules.ts'

const PATIENCE_MS = 240_000

function simulate(...args: string[]): { exitCode: number | null; last: string | undefined } {
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], {
    encoding: 'utf8',
  })
  return { exitCode: status, last: stdout.trimEnd().split('\n').at(-1) }
}

test('every reader has exactly what is stored, whatever fails around him', { timeout: PATIENCE_MS }, () => {
  expect(simulate('--seeds', '300')).toEqual({ exitCode: 0, last: 'PASS 300 seeds' })
})

test.for(RULES)('it is found when this is no longer so: $says', { timeout: PATIENCE_MS }, ({ name }) => {
  const found = { exitCode: 1, last: expect.stringMatching(/^FAIL seed \d+: /) }
  expect(simulate('--without', name, '--seeds', '250')).toEqual(found)
})

test('a rule that there is not is refused', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), '--without', 'taste'], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('there is no rule "taste"') })
})
