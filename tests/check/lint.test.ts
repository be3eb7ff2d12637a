import { expect, test } from 'vitest'
import { check, type Files } from './sandbox.ts'

const faults: [string, Files, reason: string][] = [
  ['noExplicitAny', { 'src/a.ts': 'export const a = (b: any): string => String(b)\n' }, 'Unexpected any'],
  [
    'noNonNullAssertion',
    { 'src/a.ts': 'export const a = (b?: string): string => b!\n' },
    'Forbidden non-null assertion',
  ],
  ['noDefaultExport', { 'src/a.ts': 'export default 1\n' }, 'Avoid default exports'],
  [
    'noBarrelFile',
    { 'src/a.ts': "export { b } from './b.ts'\n", 'src/b.ts': 'export const b = 1\n' },
    'Avoid barrel files',
  ],
  [
    'noReExportAll',
    { 'src/a.ts': "export * from './b.ts'\n", 'src/b.ts': 'export const b = 1\n' },
    'Do not use export all',
  ],
  [
    'useImportType',
    { 'src/a.ts': "import { B } from './b.ts'\n\nexport const a: B = 1\n", 'src/b.ts': 'export type B = number\n' },
    'only used as types',
  ],
  [
    'noProcessEnv',
    { 'src/db.ts': "import process from 'node:process'\n\nexport const url = process.env.DATABASE_URL\n" },
    'Use a centralized configuration file',
  ],
  [
    'noExcessiveLinesPerFile',
    { 'src/a.ts': Array.from({ length: 251 }, (_, i) => `export const a${i} = ${i}\n`).join('') },
    'too many lines',
  ],
  [
    'noImportCycles',
    {
      'src/a.ts': "import { b } from './b.ts'\n\nexport const a = () => b()\n",
      'src/b.ts': "import { a } from './a.ts'\n\nexport const b = (): number => a()\n",
    },
    'part of a cycle',
  ],
  [
    'noImportCycles',
    {
      'src/a.ts': "import type { B } from './b.ts'\n\nexport type A = B | 1\n",
      'src/b.ts': "import type { A } from './a.ts'\n\nexport type B = { a: A }\n",
    },
    'part of a cycle',
  ],
  ['noUnusedVariables', { 'src/a.ts': 'export function a() {\n  const b = 1\n}\n' }, 'unused'],
  ['format', { 'src/a.ts': 'export const a = "double";\n' }, 'Formatter would have printed'],
]

test.concurrent.each(faults)('%s fails on a fault: %o', async (rule, files, reason) => {
  const { exitCode, output } = await check('lint', files)
  expect(output).toContain(rule)
  expect(output).toContain(reason)
  expect(exitCode).toBe(1)
})

const body = (statement: string) => ({
  'src/schema/message.ts': `export async function resolve(ask: () => Promise<string>) {\n${statement}\n}\n`,
})

test.concurrent.each([
  ['await', body('  return await ask()')],
  ['for await', body('  for await (const part of [ask()]) return part')],
  ['if', body('  if (ask) return ask()')],
  ['try', body('  try {\n    return ask()\n  } catch {\n    return null\n  }')],
  ['try with finally', body('  try {\n    return ask()\n  } finally {\n    console.log(ask)\n  }')],
])('src/schema has no %s', async (_, files) => {
  const outcome = await check('lint', files)
  expect(outcome).toMatchObject({ exitCode: 1, output: expect.stringContaining('src/schema is shape only') })
})

test('sound files pass: config reads the environment, tests assert, tools export by default, resolvers await', async () => {
  const outcome = await check('lint', {
    'src/config.ts': "import process from 'node:process'\n\nexport const port = process.env.PORT\n",
    'src/config.test.ts': 'export const a = (b?: string): string => b!\n',
    'vitest.config.ts': 'export default {}\n',
    'src/resolvers/a.ts': 'export const a = async (b: () => Promise<string>) => {\n  if (b) await b()\n}\n',
    'src/schema/a.ts':
      "import { a } from '../resolvers/a.ts'\n\nexport const b = { resolve: () => a(async () => 'b') }\n",
    'src/generated/client.ts': 'export default "generated";',
  })
  expect(outcome.output).toMatch(/^ok +lint/)
  expect(outcome.exitCode).toBe(0)
})
