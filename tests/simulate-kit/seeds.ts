/** Plays seeds one after the other until one fails: `node seeds.ts FROM COUNT`. Run by run.ts, out of a copy of the source. */
import { play } from './play.ts'
import { scheduleOf } from './schedule.ts'
import { shorten } from './shorten.ts'

const [from = 1, count = 1] = process.argv.slice(2).map(Number)

for (let seed = from; seed < from + count; seed++) {
  const steps = scheduleOf(seed)
  const fault = await play(seed, steps)
  if (fault === null) continue
  console.log(`FAIL seed ${seed}: ${fault}`)
  const { steps: few, fault: why } = await shorten(steps, { fault, play: (some) => play(seed, some) })
  for (const { what, waitMs, who, which, how } of few)
    console.log(`  after ${waitMs} ms ${what} (${[who, which, how].map((n) => n.toFixed(3)).join(' ')})`)
  console.log(`FAIL seed ${seed}, with ${few.length} of ${steps.length} steps: ${why.split('\n')[0]}`)
  process.exit(1)
}
console.log(`PASS ${count} schedules`)
process.exit(0)
