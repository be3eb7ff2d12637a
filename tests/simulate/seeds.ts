/** Plays seeds one after the other until one fails: `node seeds.ts FROM COUNT`. Run by run.ts, out of a copy of the source. */
import { play } from './play.ts'

const [from = 1, count = 1] = process.argv.slice(2).map(Number)

for (let seed = from; seed < from + count; seed++) {
  const { fault, lines } = await play(seed)
  if (fault === null) continue
  for (const line of lines) console.log(line)
  console.log(`FAIL seed ${seed}: ${fault}`)
  process.exit(1)
}
console.log(`PASS ${count} seeds`)
process.exit(0)
