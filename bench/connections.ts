/**
 * `npm run bench:connections`: what 15,000 sockets cost one process that hold a subscription each, first to one conversation of their own, then to a feed of all
 * that each reader is in, beside the usual way. `floor` is a server that only holds and pings them. `-- --break` measures the usual way in our place: then bounds
 * are missed, and the program ends with 1.
 */
import { parseArgs } from 'node:util'
import { type Held, type Holder, hold } from './connections/hold.ts'
import { floor, ours, usual } from './connections/holders.ts'
import { machine } from './lib/machine.ts'
import { toldRaised } from './lib/raised.ts'
import { type Bound, report, short } from './lib/report.ts'
import { medianOf } from './lib/rounds.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    sockets: { type: 'string', default: '15000' },
    conversations: { type: 'string', default: '50000' },
    /** Of conversation, feed, usual and floor. */
    only: { type: 'string', default: 'conversation,feed,usual,floor' },
    rounds: { type: 'string', default: '1' },
    /** More than the time between two pings of either server. */
    idle: { type: 'string', default: '35' },
  },
})
const [sockets, conversations, rounds] = [Number(flags.sockets), Number(flags.conversations), Number(flags.rounds)]
const MEMBERSHIPS = 20
const steps = [sockets / 15, sockets / 3, sockets].map(Math.ceil)
const only = flags.only.split(',')

const BOUNDS: Bound[] = [
  { ratio: 'sockets', atLeast: 15_000 },
  { ratio: 'rss_vs_usual', atMost: 0.9 },
  { ratio: 'connect_cpu_vs_usual', atMost: 0.8 },
  { ratio: 'idle_cpu_percent', atMost: 1 },
  { ratio: 'feed_idle_cpu_percent', atMost: 1 },
]

const header = machine()

await using opened = new AsyncDisposableStack()
const own = flags.break
  ? { conversation: usual, feed: usual }
  : await ours({ sockets, conversations, memberships: MEMBERSHIPS }, opened)
const holders: [string, Holder][] = Object.entries({ usual, floor, ...own }).filter(([name]) => only.includes(name))
const results: Record<string, Held[][]> = Object.fromEntries(holders.map(([name]) => [name, []]))
for (let round = 1; round <= rounds; round++) {
  for (const [name, holder] of holders) {
    console.error(`round ${round} of ${rounds}: ${name}`)
    results[name]?.push(await hold(holder, { steps, idleMs: Number(flags.idle) * 1_000 }))
  }
  holders.reverse()
}

const LAST = steps.length - 1
const of = (name: string, number: (held: Held) => number, step = LAST) =>
  medianOf(
    (results[name] ?? []).flatMap((held) => held[step] ?? []),
    number,
  )
const digits = (number: number) => String(short(number))
const rows = Object.keys(results).flatMap((name) =>
  steps.map((count, step) => [
    `${name}, ${count}`,
    digits(of(name, ({ rssKb }) => rssKb, step)),
    digits(of(name, ({ connectCpuUs }) => connectCpuUs, step)),
    digits(of(name, ({ connectStatements }) => connectStatements, step)),
    ...(step === LAST
      ? [
          of(name, ({ idleCpuPercent }) => idleCpuPercent),
          of(name, ({ idleStatementsPerSecond }) => idleStatementsPerSecond),
        ]
      : []
    ).map(digits),
  ]),
)
const rss = (name: string) => of(name, ({ rssKb }) => rssKb)
const connectCpu = (name: string) => of(name, ({ connectCpuUs }) => connectCpuUs)

const measured = {
  sockets: of('conversation', (held) => held.sockets),
  rss_vs_usual: rss('conversation') / rss('usual'),
  connect_cpu_vs_usual: connectCpu('conversation') / connectCpu('usual'),
  idle_cpu_percent: of('conversation', ({ idleCpuPercent }) => idleCpuPercent),
  feed_idle_cpu_percent: of('feed', ({ idleCpuPercent }) => idleCpuPercent),
  feed_rss_vs_usual: rss('feed') / rss('usual'),
  feed_connect_cpu_vs_usual: connectCpu('feed') / connectCpu('usual'),
  floor_connect_cpu_vs_usual: connectCpu('floor') / connectCpu('usual'),
  floor_idle_cpu_percent: of('floor', ({ idleCpuPercent }) => idleCpuPercent),
}
/** Of what was taken. */
const ratios = Object.fromEntries(Object.entries(measured).filter(([, number]) => !Number.isNaN(number)))

console.log(header)
console.log(toldRaised(sockets))
console.log(`${sockets} sockets of one subscription in one process, ${flags.idle} s idle; medians of ${rounds} rounds`)
console.log(`each reader is in ${MEMBERSHIPS} of ${conversations} conversations`)
if (flags.break) console.log('Broken on purpose: the usual way is measured in our place')
report({
  bench: 'connections',
  table: [['', 'RSS each, KB', 'connect CPU us', 'statements each', 'idle CPU %', 'idle statements/s'], ...rows],
  ratios,
  numbers: Object.fromEntries(
    Object.keys(results).flatMap((name) => [
      [`${name}_rss_kb`, rss(name)],
      [`${name}_connect_cpu_us`, connectCpu(name)],
    ]),
  ),
  bounds: BOUNDS.filter(({ ratio }) => ratio in ratios),
})
