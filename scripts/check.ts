/** `npm run check`: every rule, a line each, and in full what a failed one said. `npm run check types lint` runs a choice. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const own = (file: string): string[] => ['node', join(import.meta.dirname, 'check', file)]

// All run in the working directory, so that the tests can point them at a small tree with a fault in it.
const checks: Record<string, string[]> = {
  types: ['tsc', '--pretty', 'false'],
  // Only what browsers have, and nothing from outside of client/.
  client: ['tsc', '--pretty', 'false', '-p', 'client'],
  web: ['tsc', '--pretty', 'false', '-p', 'web'],
  lint: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=100'],
  levels: own('levels.ts'),
  vendors: own('vendors.ts'),
  dead: ['knip', '--no-progress'],
  stale: own('stale.ts'),
  schema: ['eslint', '--max-warnings=0', 'schema.graphql'],
  breaking: own('breaking.ts'),
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in checks))
if (unknown.length > 0) {
  console.error(`check "${unknown.join('", "')}" is unknown; choose ${Object.keys(checks).join(', ')}`)
  process.exit(1)
}

const queue = Object.entries(checks)
  .filter(([name]) => chosen.length === 0 || chosen.includes(name))
  .values()

async function drainQueue(): Promise<void> {
  for (const [name, command] of queue) {
    const start = performance.now()
    const { passed, output } = await run(command)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds} s`)
    if (!passed) {
      console.log(`\n${output.trim()}\n`)
      process.exitCode = 1
    }
  }
}

// npm puts the project's own programs, Node too, first on the PATH of its scripts.
function run([program = '', ...args]: string[]): Promise<{ passed: boolean; output: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ passed: code === 0, output }))
  })
}

await Promise.all(Array.from({ length: availableParallelism() }, drainQueue))
