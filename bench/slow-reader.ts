/**
 * `npm run bench:slow-reader`: how late 999 readers of a conversation get their events, with and without one more who has stopped reading, and how much more
 * memory the server has then. `-- --break` measures the usual way in our place, which keeps all that a stuck reader does not take: then a bound is missed, and
 * the program ends with 1.
 */
import { parseArgs } from 'node:util'
import { machine } from './lib/machine.ts'
import { toldRaised } from './lib/raised.ts'
import { report, short } from './lib/report.ts'
import { interleaved, medianOf } from './lib/rounds.ts'
import { ours, usual } from './slow-reader/places.ts'
import { play } from './slow-reader/round.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    readers: { type: 'string', default: '1000' },
    /** More events in all than any reader's queue holds. */
    bursts: { type: 'string', default: '250' },
    events: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
  },
})
const [readers, rounds] = [Number(flags.readers), Number(flags.rounds)]
const plan = { bursts: Number(flags.bursts), events: Number(flags.events) }

const header = machine()

await using opened = new AsyncDisposableStack()
const place = await (flags.break ? usual : ours)(readers, opened)
const results = await interleaved(rounds, {
  without: () => play(place, { ...plan, reader: 'READS' }),
  with: () => play(place, { ...plan, reader: 'IS_STUCK' }),
})

const digits = (number: number) => String(short(number))
const names = ['without', 'with'] as const
const rows = names.map((name) => [
  name === 'with' ? 'one is stuck' : 'all read',
  digits(medianOf(results[name], ({ p50Ms }) => p50Ms)),
  digits(medianOf(results[name], ({ p99Ms }) => p99Ms)),
  digits(medianOf(results[name], ({ rssMb }) => rssMb)),
])
const [without, withOne] = names.map((name) => ({
  p99: medianOf(results[name], ({ p99Ms }) => p99Ms),
  rss: medianOf(results[name], ({ rssMb }) => rssMb),
}))

console.log(header)
console.log(toldRaised(readers))
console.log(`${readers} readers, one of whom is told 33 MB more; then ${plan.bursts} bursts of ${plan.events} events`)
console.log(`medians of ${rounds} rounds, taken in turns; of the others' deliveries, and of the RSS at the end`)
if (flags.break) console.log('Broken on purpose: the usual way is measured in our place')
report({
  bench: 'slow-reader',
  table: [['', 'p50 ms', 'p99 ms', 'RSS MB'], ...rows],
  ratios: {
    p99_vs_without: (withOne?.p99 ?? Number.NaN) / (without?.p99 ?? Number.NaN),
    rss_growth_mb: (withOne?.rss ?? Number.NaN) - (without?.rss ?? Number.NaN),
  },
  numbers: { p99_ms: withOne?.p99 ?? Number.NaN, p99_without_ms: without?.p99 ?? Number.NaN },
  bounds: [
    { ratio: 'p99_vs_without', atMost: 1.2 },
    { ratio: 'rss_growth_mb', atMost: 8 },
  ],
})
