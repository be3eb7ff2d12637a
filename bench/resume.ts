/**
 * `npm run bench:resume`: 5,000 sockets are cut off, 50 events happen in each conversation, and all come back at once: how long until each has what it missed,
 * and how often events are read out of the log for it. `-- --break` lets them come back to three nodes by turns, of which each reads for itself: then a bound is
 * missed, and the program ends with 1.
 */
import { parseArgs } from 'node:util'
import { machine } from './lib/machine.ts'
import { toldRaised } from './lib/raised.ts'
import { report, short } from './lib/report.ts'
import { medianOf } from './lib/rounds.ts'
import { setStage } from './resume/stage.ts'
import { type Storm, storm } from './resume/storm.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    sockets: { type: 'string', default: '5000' },
    conversations: { type: 'string', default: '50' },
    behind: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
  },
})
const [sockets, conversations] = [Number(flags.sockets), Number(flags.conversations)]
const [behind, rounds] = [Number(flags.behind), Number(flags.rounds)]
/** Events in one recovery page. */
const PAGE = 300
const pages = Math.ceil(behind / PAGE)

const header = machine()

await using opened = new AsyncDisposableStack()
const stage = await setStage({ sockets, conversations, nodes: flags.break ? 3 : 1 }, opened)
const storms: Storm[] = []
for (let round = 0; round <= rounds; round++) {
  console.error(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
  const one = await storm(stage, behind)
  if (round > 0) storms.push(one)
}

const at = (share: number) => (one: Storm) => one.ms[Math.ceil(one.ms.length * share) - 1] ?? Number.NaN
const numbers = {
  p50_ms: medianOf(storms, at(0.5)),
  p99_ms: medianOf(storms, at(0.99)),
  last_ms: medianOf(storms, at(1)),
  cpu_us_per_socket: medianOf(storms, ({ cpuSeconds }) => (cpuSeconds * 1e6) / sockets),
  page_reads: medianOf(storms, ({ pageReads }) => pageReads),
  log_reads: medianOf(storms, ({ logReads }) => logReads),
  statements: medianOf(storms, ({ statements }) => statements),
}

console.log(header)
console.log(toldRaised(sockets))
console.log(`${sockets} sockets on ${conversations} conversations, each ${behind} events behind, all back at once`)
console.log(`medians of ${rounds} rounds; from the connect of each to the last event that it missed`)
if (flags.break) console.log('Broken on purpose: they come back to three nodes, and each reads for itself')
report({
  bench: 'resume',
  table: [['', 'each round'], ...Object.entries(numbers).map(([name, number]) => [name, String(short(number))])],
  ratios: {
    // None at all: then it was not seen what was read.
    reads_per_page: numbers.page_reads ? numbers.page_reads / (conversations * pages) : Number.NaN,
    statements_per_socket: numbers.statements / sockets,
    p50_ms: numbers.p50_ms,
    p99_ms: numbers.p99_ms,
  },
  numbers,
  bounds: [
    { ratio: 'reads_per_page', atMost: 1 },
    { ratio: 'p99_ms', atMost: 2_000 },
  ],
})
