/** `npm run test:leak`: the leak test alone. With `--break` its server has leaks, so that one sees it fail: exit 1 then, and 0 else. */
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'
import { requirements } from './requirements.ts'

const { values } = parseArgs({ options: { break: { type: 'boolean', default: false } } })
const vitest = await startVitest(['tests/leak.test.ts'], {
  run: true,
  // Real PostgreSQL where there is one: it takes half the time.
  project: requirements.postgres.find() === null ? 'embedded' : 'postgres',
  provide: { isBroken: values.break },
})
await vitest.close()
// Not left to an empty event loop, as in test.ts.
process.exit(process.exitCode ? 1 : 0)
