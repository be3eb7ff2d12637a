import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check, type Files, runIn } from './sandbox.ts'

test('types: a type error fails', async () => {
  const outcome = await check('types', { 'src/a.ts': "export const a: number = 'one'\n" })
  expect(outcome).toMatchObject({ exitCode: 1, output: expect.stringContaining('src/a.ts(1,14): error TS2322') })
})

test('types: syntax that Node cannot erase fails', async () => {
  const outcome = await check('types', { 'src/a.ts': 'export enum A {\n  One,\n}\n' })
  expect(outcome).toMatchObject({ exitCode: 1, output: expect.stringContaining("'erasableSyntaxOnly' is enabled") })
})

test('types: sound types pass', async () => {
  expect(await check('types', { 'src/a.ts': 'export const a: number = 1\n' })).toMatchObject({ exitCode: 0 })
})

test.each([
  ['what only Node has', 'export const a = process.argv\n', "Cannot find name 'process'"],
  ['what is not the kit’s', "export { a } from '../src/a.ts'\n", "is not under 'rootDir'"],
])('client: %s fails', async (_, code, reason) => {
  const files = { 'client/a.ts': code, 'src/a.ts': 'export const a = 1\n' }
  expect(await check('client', files)).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) })
})

test('client: what browsers have passes', async () => {
  expect(await check('client', { 'client/a.ts': 'export const a = localStorage\n' })).toMatchObject({ exitCode: 0 })
})

const used: Files = {
  'package.json': '{ "name": "a", "type": "module", "scripts": { "start": "node src/main.ts" } }',
  'src/main.ts': "import { used } from './a.ts'\n\nused()\n",
  'src/a.ts': 'export const used = () => 1\n',
}

test.concurrent.each<[string, Files, string]>([
  ['a file that nobody imports', { 'src/b.ts': 'export const b = 1\n' }, 'Unused files (1)\nsrc/b.ts'],
  [
    'an export that nobody imports',
    { 'src/a.ts': `${used['src/a.ts']}export const idle = 1\n` },
    'Unused exports (1)\nidle',
  ],
  [
    'a dependency that nobody imports',
    { 'package.json': '{ "type": "module", "dependencies": { "ws": "8" } }' },
    'Unused dependencies (1)\nws',
  ],
])('dead: %s fails', async (_, files, reason) => {
  const outcome = await check('dead', { ...used, ...files })
  expect(outcome).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) })
})

test('dead: what is used passes', async () => {
  expect(await check('dead', used)).toMatchObject({ exitCode: 0 })
})

/** The check itself, beside a printer of the test's own. */
function checkStale(committed: Files) {
  const files: Files = { 'scripts/gen.ts': "export const printedFiles = async () => new Map([['docs/A.md', 'now']])\n" }
  for (const file of ['scripts/check/stale.ts', 'scripts/check/report.ts']) {
    files[file] = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
  }
  return runIn({ ...files, ...committed }, ['scripts/check/stale.ts'])
}

test.each<[string, Files, string]>([
  ['a printed file of yesterday', { 'docs/A.md': 'before' }, 'docs/A.md is stale: print it anew with `npm run gen`'],
  ['a printed file that is not there', {}, 'docs/A.md is missing: print it with `npm run gen`'],
])('stale: %s fails', async (_, committed, reason) => {
  expect(await checkStale(committed)).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) })
})

test('stale: files as printed now pass', async () => {
  expect(await checkStale({ 'docs/A.md': 'now' })).toMatchObject({ exitCode: 0 })
})

test('a check of an unknown name is refused, with the names there are', async () => {
  const outcome = await check('taste', {})
  expect(outcome).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('check "taste" is unknown; choose types,'),
  })
})
