/**
 * `npm run test:simulate-kit -- --seeds N [--break WHAT]`: the client kit over a model of the server and a bad network, in fake time. The last line is
 * PASS, or FAIL with the seed after the few steps that are enough; with --break it must be FAIL, and the seed that is kept for it is played first.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { copyWith } from '../simulate/copy.ts'
import { SCALE } from './breaks.ts'
import { readOptions } from './options.ts'

const NEEDED = ['package.json', 'src', 'client', 'tests/simulate', 'tests/simulate-kit', 'tests/support/adversary.ts']

const { seeds, from, broken } = readOptions(process.argv.slice(2))
if (broken) console.log(`It is no longer so that ${broken.says}.`)

using copy = copyWith([...SCALE, ...(broken?.patches ?? [])], NEEDED)
const play = (first: number, count: number): number => {
  const program = join(copy.folder, 'tests/simulate-kit/seeds.ts')
  const { status, signal } = spawnSync(process.execPath, [program, String(first), String(count)], { stdio: 'inherit' })
  if (status === null) console.log(`FAIL: ended by ${signal}, and no seed is to blame`)
  return status ?? 1
}
const kept = broken ? play(broken.seed, 1) : 0
if (broken && !kept) console.log(`Seed ${broken.seed} shows it no longer: keep another one. Looking for it.`)
process.exitCode = kept || play(from, seeds)
