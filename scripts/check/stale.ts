/** Printed files that are committed (schema, docs, .env.example) must be what their printers would print now. */
import { readFile } from 'node:fs/promises'
import { printedFiles } from '../gen.ts'
import { report } from './report.ts'

const faults: string[] = []
for (const [path, content] of await printedFiles()) {
  const committed = await readFile(path, 'utf8').catch(() => undefined)
  if (committed === undefined) faults.push(`${path} is missing: print it with \`npm run gen\``)
  else if (committed !== content)
    faults.push(`${path} is stale: print it anew with \`npm run gen\` and commit it with its source`)
}
report(faults)
