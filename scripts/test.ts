// `npm test`: every project that can run here; then what did not run, why, and what would provide it; then one line
// of totals, alone and last. Arguments go on to vitest: `npm test -- tests/send.test.ts -t revoked`.

import { parseCLI, startVitest } from 'vitest/node'
import { environment } from './environment.ts'
import { missingRequirements } from './requirements.ts'
import { tally } from './test-tally.ts'

const missing = missingRequirements()
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await startVitest(filter, options)
const total = tally(vitest.state.getTestModules(), vitest.state.getUnhandledErrors())
const missingInCi = environment.ci ? missing.filter(([, requirement]) => requirement.fromDebian) : []

const lines = missing.map(([name, { tests, provide }]) => `${name} (${tests}): ${provide}`)
// With -t all tests of other names are "skipped": they were not asked for.
if (options.testNamePattern === undefined) lines.push(...total.reasons)
if (lines.length > 0) console.log(`\nNot run here:\n${lines.map((line) => `  ${line}`).join('\n')}`)

const faults = missingInCi.map(([name, { provide }]) => `CI must have ${name}: ${provide}`)
if (total.passed + total.failed === 0) faults.push('No test ran.')
if (faults.length > 0) console.log(`\nFailed:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
const failed = total.failed > 0 || faults.length > 0 || Boolean(process.exitCode)
// Not left to an empty event loop: a handle that a test left open must not keep the run from ending.
process.exit(failed ? 1 : 0)
