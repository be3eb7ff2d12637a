/**
 * `npm run bench:fanout`: CPU of a delivery to each of 1,000 readers of one conversation, 1, 10 and 100 events at a time, beside a bare send loop and the
 * usual way. `floor` is the writing alone, of frames as large as ours. `-- --break` measures the usual way in our place: then bounds are missed, and the program ends with 1.
 */
import { parseArgs } from 'node:util'
import { bareContender, floorContender, usualContender } from './fanout/baselines.ts'
import { type Contender, measure, type Result } from './fanout/contender.ts'
import { openOurs } from './fanout/ours.ts'
import { machine } from './lib/machine.ts'
import { toldRaised } from './lib/raised.ts'
import { type Bound, report, short } from './lib/report.ts'
import { interleaved, medianOf } from './lib/rounds.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    /** How many at a time. */
    events: { type: 'string', default: '1,10,100' },
    /** Of ours, plain, bare, floor and usual. */
    only: { type: 'string', default: 'ours,plain,bare,floor,usual' },
    readers: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1.5' },
    /** One message in so many quotes an old one; 0 for none. */
    quotes: { type: 'string', default: '10' },
    /** memory: both authors are on the node of the readers; redis: on two others. */
    bus: { type: 'string', default: 'redis' },
  },
})
const [rounds, ms, readers] = [Number(flags.rounds), Number(flags.seconds) * 1_000, Number(flags.readers)]
const sizes = flags.events.split(',').map(Number)
const wanted = flags.only.split(',')
const wants = (name: string) => wanted.includes(name)
const BOUNDS: Bound[] = [
  { ratio: 'cpu_vs_bare_1', atMost: 0.9 },
  { ratio: 'cpu_vs_bare_10', atMost: 0.17 },
  { ratio: 'cpu_vs_bare_100', atMost: 0.05 },
  { ratio: 'cpu_vs_usual_1', atLeast: 5 },
  { ratio: 'cpu_vs_usual_10', atLeast: 25 },
  { ratio: 'hole_reads_per_1000', atMost: 1 },
]

const header = machine()

await using opened = new AsyncDisposableStack()
const usual = wants('usual') || flags.break ? await usualContender(readers, opened) : null
const bare = wants('bare') ? await bareContender(readers, opened) : null
const ours =
  !flags.break && (wants('ours') || wants('plain'))
    ? await openOurs({ readers, quoteEvery: Number(flags.quotes), bus: flags.bus }, opened)
    : null
/** As large as ours are: so only beside them. */
const frames = wants('floor') && ours ? await measure(ours.real, { events: 10, ms: 0 }) : null
const floor = frames ? await floorContender({ count: readers, frameBytes: Math.round(frames.bytes) }, opened) : null
const places: Record<string, Contender | null | undefined> = {
  ours: ours?.real ?? usual,
  plain: ours?.plain ?? usual,
  bare,
  floor,
  usual,
}
const contenders = Object.entries(places).flatMap(([name, contender]) =>
  contender && wants(name) ? sizes.map((events) => ({ name, contender, events, key: `${name} ${events}` })) : [],
)
const results = await interleaved(
  rounds,
  Object.fromEntries(contenders.map(({ key, contender, events }) => [key, () => measure(contender, { events, ms })])),
)

const median = (key: string, number: (result: Result) => number) => medianOf(results[key] ?? [], number)
const cpu = (name: string, events: number) => median(`${name} ${events}`, ({ cpuUs }) => cpuUs)
const ratios: Record<string, number> = {}
for (const events of sizes) {
  if (wants('bare') && wants('ours')) ratios[`cpu_vs_bare_${events}`] = cpu('ours', events) / cpu('bare', events)
  if (wants('bare') && wants('plain')) ratios[`plain_vs_bare_${events}`] = cpu('plain', events) / cpu('bare', events)
  if (wants('bare') && floor) ratios[`floor_vs_bare_${events}`] = cpu('floor', events) / cpu('bare', events)
  if (wants('usual') && wants('ours')) ratios[`cpu_vs_usual_${events}`] = cpu('usual', events) / cpu('ours', events)
}
const perThousand = async (name: string) => (ours ? (1_000 * (await ours.node.metric(name))) / ours.sent() : 0)
if (ours) {
  ratios.hole_reads_per_1000 = await perThousand('parley_hole_reads_total')
  ratios.tail_repairs_per_1000 = await perThousand('parley_tail_repairs_total')
}

const whole = (number: number) => String(Math.round(number))
const digits = (number: number) => String(short(number))
const rows = contenders.map(({ name, events, key }) => {
  const all = (results[key] ?? []).map(({ cpuUs }) => cpuUs)
  return [
    `${name}, ${events} at a time`,
    ...[cpu(name, events), Math.min(...all), Math.max(...all), median(key, ({ besidesUs }) => besidesUs)].map(digits),
    whole(median(key, ({ bytes }) => bytes)),
    whole(median(key, ({ perSecond }) => perSecond)),
    bare ? digits(cpu(name, events) / cpu('bare', events)) : '',
  ]
})
console.log(header)
console.log(`${readers} readers; medians of ${rounds} rounds of ${ms / 1_000} s, taken in turns; CPU per delivery`)
console.log(toldRaised(readers * 2))
console.log(`one message in ${flags.quotes} quotes one that 11 in 100 readers do not see; bus ${flags.bus}`)
if (flags.break) console.log('Broken on purpose: the usual way is measured in our place')
report({
  bench: 'fanout',
  table: [['', 'CPU us', 'least', 'most', 'Postgres us', 'bytes', 'per s', 'bare = 1'], ...rows],
  ratios,
  numbers: Object.fromEntries(contenders.map(({ name, events }) => [`${name}_${events}_us`, cpu(name, events)])),
  bounds: BOUNDS.filter(({ ratio }) => ratio in ratios),
})
