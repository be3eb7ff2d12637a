/** A short run, and each thing that the kit rests on taken away once; `npm run test:simulate-kit` plays as many schedules as one likes. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BREAKS } from './breaks.ts'

const PATIENCE_MS = 240_000

function simulate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], {
    encoding: 'utf8',
  })
  return { exitCode: status, last: stdout.trimEnd().split('\n').at(-1), stderr }
}

test('whatever fails, each tab ends with what the server has, and each send is there once', {
  timeout: PATIENCE_MS,
}, () => {
  expect(simulate('--seeds', '200')).toMatchObject({ exitCode: 0, last: 'PASS 200 schedules' })
})

test.for(BREAKS)('it is found when this is no longer so: $says', { timeout: PATIENCE_MS }, ({ name, seed }) => {
  const found = { exitCode: 1, last: expect.stringMatching(`^FAIL seed ${seed}, with \\d+ of \\d+ steps: `) }
  expect(simulate('--break', name, '--seeds', '1')).toMatchObject(found)
})

test('what there is not cannot be broken', () => {
  const refused = { exitCode: 1, stderr: expect.stringContaining('there is no "taste" to break') }
  expect(simulate('--break', 'taste')).toMatchObject(refused)
})
