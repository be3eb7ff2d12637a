/** What an operator runs by hand, on a database of which no server runs unless it is a real one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FreshDatabase } from './database.ts'

export interface Ran {
  code: number | null
  output: string
  /** What it said of faults. */
  complaint: string
}

const ROOT = join(import.meta.dirname, '../..')

export async function runScript(
  { env }: Pick<FreshDatabase, 'env'>,
  name: string,
  args: string[],
  { killAt }: { killAt?: RegExp } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', `${name}.ts`), ...args], {
    env: { SECRETS_KEY: 'a secret of tests, long enough for all', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
    if (killAt?.test(complaint)) child.kill('SIGKILL')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output, complaint }
}
