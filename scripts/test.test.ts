// The runner, run on folders of its own: what it prints last, and with what it exits.

import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

test('a run that passed ends with its totals and exits 0, and tells why a test was skipped', async () => {
  const { exit, output, last } = await run("test('a', () => {}); test('b', ({ skip }) => skip('it rains'))")
  expect({ exit, last }).toEqual({ exit: 0, last: '1 passed, 0 failed, 1 skipped' })
  expect(output).toMatch(/Not run here:.* a\.test\.js > b: it rains/s)
})

test('a failed test fails the run', async () => {
  const { exit, last } = await run("test('a', () => {}); test('b', () => { throw new Error('b') })")
  expect({ exit, last }).toEqual({ exit: 1, last: '1 passed, 1 failed, 0 skipped' })
})

test('a file that does not load fails the run', async () => {
  const { exit, last } = await run("import './gone.js'")
  expect({ exit, last }).toEqual({ exit: 1, last: '0 passed, 1 failed, 0 skipped' })
})

test('a run in which no test ran fails', async () => {
  const { exit, output, last } = await run("test.skip('a', () => {})")
  expect({ exit, last }).toEqual({ exit: 1, last: '0 passed, 0 failed, 1 skipped' })
  expect(output).toContain('No test ran.')
})

async function run(source: string): Promise<{ exit: number | null; output: string; last: string | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-runner-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'a.test.js'), source)
  const flags = ['--root', folder, '--globals']
  // No environment: neither CI nor this run's own variables reach the inner run.
  const ended = spawnSync(process.execPath, ['scripts/test.ts', ...flags], { encoding: 'utf8', env: { PATH: '' } })
  return { exit: ended.status, output: ended.stdout, last: ended.stdout.trimEnd().split('\n').at(-1) }
}
