/**
 * `npm run bench:append`: durable messages a second through the one append, beside Prisma's `create` on the same server, which syncs every
 * commit. `-- --break` appends without group commit: then the bound is missed, and the program ends with 1.
 */
import { parseArgs } from 'node:util'
import { startPostgres } from '../scripts/services/postgres.ts'
import { onServer } from '../scripts/services/postgres-databases.ts'
import { CONVERSATIONS, type Contender, measure, oneAtATime } from './append/contender.ts'
import { appendContender } from './append/ours.ts'
import { createContender } from './append/usual.ts'
import { parentOf } from './lib/cpu.ts'
import { report, short } from './lib/report.ts'
import { interleaved, medianOf } from './lib/rounds.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
  },
})
const [rounds, ms] = [Number(flags.rounds), Number(flags.seconds) * 1_000]
const [SENDERS, MANY_SENDERS, CONNECTIONS] = [64, 256, 16]

await using opened = new AsyncDisposableStack()
const server = opened.use(await startPostgres({ fsync: true }))
const [settings] = await onServer(server.url, async (client) => {
  const { rows } = await client.query<{ pid: number; version: string; fsync: string; commit: string }>(
    `select pg_backend_pid() as pid, current_setting('server_version') as version,
       current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  )
  return rows.map((row) => ({ ...row, postgres: parentOf(row.pid) }))
})
if (!settings) throw new Error('expected the server to tell its settings')

const append = await appendContender(await server.createDatabase('ours'), opened)
const create = await createContender(await server.createDatabase('usual'), { connections: CONNECTIONS, opened })
for (const { db } of [append, create]) await assertDurable(db)

const ours = flags.break ? oneAtATime(append) : append
const round = (contender: Contender, senders: number) => () =>
  measure(contender, { senders, ms, postgres: settings.postgres })
const results = await interleaved(rounds, {
  append: round(ours, SENDERS),
  appendMany: round(ours, MANY_SENDERS),
  create: round(create, SENDERS),
})

const names = {
  append: `append, ${SENDERS} senders`,
  appendMany: `append, ${MANY_SENDERS} senders`,
  create: `Prisma create, ${SENDERS} senders over ${CONNECTIONS} connections`,
}
const whole = (number: number) => String(Math.round(number))
const perSecond = (name: keyof typeof names) => medianOf(results[name], (result) => result.perSecond)
const rows = (Object.keys(names) as (keyof typeof names)[]).map((name) => {
  const all = results[name].map((result) => result.perSecond)
  return [
    names[name],
    ...[perSecond(name), Math.min(...all), Math.max(...all)].map(whole),
    whole(medianOf(results[name], ({ ownCpuUs }) => ownCpuUs)),
    whole(medianOf(results[name], ({ postgresCpuUs }) => postgresCpuUs)),
    `${short(perSecond(name) / perSecond('create'))} x`,
  ]
})

console.log(`PostgreSQL ${settings.version}, fsync ${settings.fsync}, synchronous_commit ${settings.commit}`)
console.log(`${CONVERSATIONS} conversations; medians of ${rounds} rounds of ${ms / 1_000} s, taken in turns`)
if (flags.break) console.log('Broken on purpose: one message a transaction')
report({
  bench: 'append',
  table: [['durable sends', 'per s', 'least', 'most', 'own CPU us', 'Postgres CPU us', 'create = 1'], ...rows],
  ratios: {
    sends_vs_create: perSecond('append') / perSecond('create'),
    sends_of_256_vs_create: perSecond('appendMany') / perSecond('create'),
  },
  numbers: {
    sends_per_s: perSecond('append'),
    sends_of_256_per_s: perSecond('appendMany'),
    create_per_s: perSecond('create'),
  },
  bounds: [{ ratio: 'sends_vs_create', atLeast: 1.5 }],
})

/** Asked of the very connections that are measured. */
async function assertDurable(db: Contender['db']): Promise<void> {
  const [row] = await db.$queryRaw<{ commit: string }[]>`select current_setting('synchronous_commit') as commit`
  if (row?.commit !== 'on') throw new Error(`expected synchronous_commit on, not ${row?.commit}`)
}
