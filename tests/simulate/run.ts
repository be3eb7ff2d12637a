/**
 * `npm run test:simulate -- --seeds N [--without RULE]`: the server's own hubs, tail, feeds and cursors over a log and a bus that the run plays, in
 * fake time, under faults. The last line is PASS or FAIL with the seed; without a rule it must be FAIL, and the rule's own seed is played first.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { copyWith } from './copy.ts'
import { readOptions } from './options.ts'
import { SCALE } from './rules.ts'

const { seeds, from, without } = readOptions(process.argv.slice(2))
if (without) console.log(`Without ${without.name}: ${without.says}.`)

using copy = copyWith([...SCALE, ...(without?.patches ?? [])])
const play = (first: number, count: number): number => {
  const program = join(copy.folder, 'tests/simulate/seeds.ts')
  const { status, signal } = spawnSync(process.execPath, [program, String(first), String(count)], { stdio: 'inherit' })
  if (status === null) console.log(`FAIL: ended by ${signal}, and no seed is to blame`)
  return status ?? 1
}
const kept = without ? play(without.seed, 1) : 0
if (without && !kept) console.log(`Seed ${without.seed} shows it no longer: keep another one. Looking for it.`)
process.exitCode = kept || play(from, seeds)
