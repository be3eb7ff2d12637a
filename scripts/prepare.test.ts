import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** What `npm ci` runs last, in a folder with these parts of the repository. */
function prepareIn(parts: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-prepare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'scripts'))
  for (const part of ['package.json', 'scripts/prepare.ts', ...parts])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('dist') })
  return {
    folder,
    run() {
      const command = /^node (\S+)$/.exec(JSON.parse(readFileSync('package.json', 'utf8')).scripts.prepare)?.[1] ?? ''
      // No environment: React would be built for development under NODE_ENV=test.
      const options = { cwd: folder, encoding: 'utf8', env: { PATH: '' } } as const
      const { status, stdout, stderr } = spawnSync(process.execPath, [command], options)
      return { status, output: stdout + stderr }
    },
  }
}

test('npm ci builds the page', () => {
  const { folder, run } = prepareIn(['tsconfig.json', 'web', 'client'])
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  expect(run()).toEqual({ status: 0, output: '' })
  expect(readFileSync(join(folder, 'web/dist/index.html'), 'utf8')).toContain('src="/assets/index-')
})

test('npm ci --omit=dev, which has nothing to build with, does nothing: with the page’s source and without', () => {
  for (const parts of [[], ['web', 'client']]) {
    const { folder, run } = prepareIn(parts)
    expect(run()).toEqual({ status: 0, output: '' })
    expect(existsSync(join(folder, 'web/dist'))).toBe(false)
  }
})
