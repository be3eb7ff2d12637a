import { expect, test } from 'vitest'
import { check, type Files } from './sandbox.ts'

const b = 'export const b = 1\n'
const longFile = Array.from({ length: 251 }, (_, line) => `export const a${line} = ${line}\n`).join('')

const faults: [fault: string, files: Files, reason: string][] = [
  ['any', { 'src/a.ts': 'export const a = (b: any): string => String(b)\n' }, 'Unexpected any'],
  ['an assertion by !', { 'src/a.ts': 'export const a = (b?: string) => b!\n' }, 'Forbidden non-null assertion'],
  ['a default export', { 'src/a.ts': 'export default 1\n' }, 'Avoid default exports'],
  ['a barrel', { 'src/a.ts': "export { b } from './b.ts'\n", 'src/b.ts': b }, 'Avoid barrel files'],
  ['export *', { 'src/a.ts': "export * from './b.ts'\n", 'src/b.ts': b }, 'Do not use export all'],
  [
    'a type imported as a value',
    { 'src/a.ts': "import { B } from './b.ts'\n\nexport const a: B = 1\n", 'src/b.ts': 'export type B = number\n' },
    'only used as types',
  ],
  [
    'process.env',
    { 'src/db.ts': "import process from 'node:process'\n\nexport const url = process.env.DATABASE_URL\n" },
    'Use a centralized configuration file',
  ],
  ['a file of 251 lines', { 'src/a.ts': longFile }, 'too many lines'],
  [
    'a cycle of imports',
    {
      'src/a.ts': "import { b } from './b.ts'\n\nexport const a = () => b()\n",
      'src/b.ts': "import { a } from './a.ts'\n\nexport const b = (): number => a()\n",
    },
    'This import is part of a cycle',
  ],
  [
    'a cycle of type imports',
    {
      'src/a.ts': "import type { B } from './b.ts'\n\nexport type A = B | 1\n",
      'src/b.ts': "import type { A } from './a.ts'\n\nexport type B = { a: A }\n",
    },
    'This import is part of a cycle',
  ],
  [
    'a page that reaches into the kit',
    {
      'web/a.ts': "import { b } from '../client/b.ts'\n\nexport const a = () => b\n",
      'client/b.ts': b,
    },
    'The page is made of what everybody has',
  ],
  ['an unused variable', { 'src/a.ts': 'export function a() {\n  const b = 1\n}\n' }, 'This variable b is unused'],
  ['another format', { 'src/a.ts': 'export const a = "double";\n' }, 'Formatter would have printed'],
]

test.concurrent.each(faults)('%s fails', async (_, files, reason) => {
  expect(await check('lint', files)).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) })
})

test.concurrent.each([
  ['await', '  return await ask()'],
  ['for await', '  for await (const part of [ask()]) return part'],
  ['if', '  if (ask) return ask()'],
  ['try', '  try {\n    return ask()\n  } catch {\n    return null\n  }'],
  ['try with finally', '  try {\n    return ask()\n  } finally {\n    ask()\n  }'],
])('%s fails in src/schema', async (_, statement) => {
  const source = `export async function resolve(ask: () => Promise<string>) {\n${statement}\n}\n`
  expect(await check('lint', { 'src/schema/message.ts': source })).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('src/schema is shape only'),
  })
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
  expect(outcome).toMatchObject({ exitCode: 0 })
})
