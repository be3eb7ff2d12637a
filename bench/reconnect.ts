/**
 * `npm run bench:reconnect`: a server is killed with -9 and started again, with listeners by the client kit and as many by graphql-ws without a cursor:
 * how long after /readyz is 200 again until each hears what is being said, and how much of it he has missed. `-- --break` gives the kit no cursor to
 * go on from: then it misses some, too, and the program ends with 1.
 */
import { parseArgs } from 'node:util'
import { machine } from './lib/machine.ts'
import { report, short } from './lib/report.ts'
import { medianOf } from './lib/rounds.ts'
import { type Listener, listenByKit, listenPlainly } from './reconnect/listeners.ts'
import { restart } from './reconnect/restart.ts'
import { setStage } from './reconnect/stage.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    listeners: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '5' },
  },
})
const [listeners, rounds] = [Number(flags.listeners), Number(flags.rounds)]

const header = machine()
await using opened = new AsyncDisposableStack()
const stage = await setStage(listeners, opened)
const of = (listen: typeof listenByKit) =>
  stage.readers.map((reader) => opened.use(listen({ ...stage, token: reader.token, selectsCursor: !flags.break })))
const [kit, plain] = [of(listenByKit), of(listenPlainly)]
const all = [...kit, ...plain]
await Promise.all(all.map(({ begun }) => begun))

const said: string[] = []
const times: { kit: number; plain: number }[][] = []
for (let round = 1; round <= rounds; round++) {
  console.error(`round ${round} of ${rounds}`)
  const back = await restart(stage, all, said)
  times.push(
    stage.readers.map((_, nth) => ({ kit: back[nth] ?? Number.NaN, plain: back[listeners + nth] ?? Number.NaN })),
  )
}

const missed = (some: readonly Listener[]) =>
  some.reduce((sum, { heard }) => sum + said.filter((id) => !heard.has(id)).length, 0)
const repeated = (some: readonly Listener[]) =>
  some.reduce((sum, { heard }) => sum + [...heard.values()].filter((count) => count > 1).length, 0)
const backMs = times.flat()
const ratios = {
  median_ms: medianOf(backMs, ({ kit }) => kit),
  missed_kit: missed(kit),
  repeated_kit: repeated(kit),
  missed_plain: missed(plain),
}
const plainMs = medianOf(backMs, ({ plain }) => plain)
const longest = (name: 'kit' | 'plain') => Math.max(...backMs.map((each) => each[name]))

console.log(header)
console.log(
  `${listeners} listeners of each kind on one conversation, ${rounds} times kill -9 and start; ${said.length} messages said`,
)
console.log('from /readyz answering 200 again to the first event that was said after it')
if (flags.break) console.log('Broken on purpose: the kit selects no cursor')
report({
  bench: 'reconnect',
  table: [
    ['', 'kit', 'graphql-ws without a cursor'],
    ['median ms', String(short(ratios.median_ms)), String(short(plainMs))],
    ['longest ms', String(short(longest('kit'))), String(short(longest('plain')))],
    ['missed', String(ratios.missed_kit), String(ratios.missed_plain)],
    ['twice', String(ratios.repeated_kit), String(repeated(plain))],
  ],
  ratios,
  numbers: {
    said: said.length,
    longest_ms: longest('kit'),
    plain_median_ms: plainMs,
    plain_longest_ms: longest('plain'),
  },
  bounds: [
    { ratio: 'median_ms', atMost: 1_500 },
    { ratio: 'missed_kit', atMost: 0 },
    { ratio: 'repeated_kit', atMost: 0 },
    // Else nothing was said while they were away, and the bench proves nothing.
    { ratio: 'missed_plain', atLeast: 1 },
  ],
})
