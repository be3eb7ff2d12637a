/**
 * `npm run bench:conversations`: what people do in a conversation takes as long, however much was said in it and however many are in it, and a
 * list of conversations does not read all of them. `-- --break` counts what is unread row by row: then bounds are missed, and the program ends with 1.
 */
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import * as calls from './conversations/calls.ts'
import { SMALL } from './conversations/places.ts'
import type { Side } from './conversations/sides.ts'
import { LONG_LIST, openStage } from './conversations/stage.ts'
import { unreadByRows } from './conversations/unread-by-rows.ts'
import { comparePairs } from './lib/pairs.ts'
import { report, short } from './lib/report.ts'

const { values: flags } = parseArgs({
  options: {
    break: { type: 'boolean', default: false },
    messages: { type: 'string', default: '1000000' },
    members: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '10' },
    calls: { type: 'string', default: '30' },
  },
})
const [messages, members] = [Number(flags.messages), Number(flags.members)]
if (!(messages >= SMALL.messages && members >= SMALL.members))
  throw new Error(
    `expected at least ${SMALL.messages} messages and ${SMALL.members} members: less is what they are measured against`,
  )
const effort = { rounds: Number(flags.rounds), calls: Number(flags.calls) }
const [BOUND, LIST_BOUND] = [1.3, 8]

/** Of others: a machine that is busy already measures itself. */
const [load = 0] = loadavg()
const start = performance.now()
const secondsSoFar = () => Math.round((performance.now() - start) / 1_000)

await using opened = new AsyncDisposableStack()
const { version, app, long, brief, wide, narrow, many, few } = await openStage({ messages, members }, opened)
const seedSeconds = secondsSoFar()
console.error(`ready after ${seedSeconds} s`)
if (flags.break) app.parts.unread = unreadByRows(app.db, app.parts.unread)

type Called = (side: Side) => (nth: number) => Promise<number>
const ofMessages = (call: Called) => ({ big: call(long), small: call(brief) })
const ofMembers = (call: Called) => ({ big: call(wide), small: call(narrow) })
const { open_messages, open_members, ...results } = await comparePairs(
  {
    send_messages: ofMessages(calls.send),
    send_members: ofMembers(calls.send),
    history_newest: ofMessages(calls.newest),
    history_middle: ofMessages(calls.middle),
    history_around: ofMessages(calls.around),
    open_messages: ofMessages(calls.open),
    open_members: ofMembers(calls.open),
    mark_read_messages: ofMessages(calls.markRead),
    mark_read_members: ofMembers(calls.markRead),
    unread_totals: ofMessages(calls.totals),
    reaction: ofMembers(calls.react),
    member_page: ofMembers(calls.memberPage),
    list_conversations: { big: calls.list(many), small: calls.list(few) },
  },
  effort,
)
// Of both sizes the one that costs more.
const open_conversation = open_messages.ratio > open_members.ratio ? open_messages : open_members
const judged = { ...results, open_conversation }
const ratios = Object.fromEntries(Object.entries(judged).map(([name, { ratio }]) => [name, ratio]))

console.log(
  `PostgreSQL ${version}, fsync off; ${availableParallelism()} cores, load ${load.toFixed(1)} before the start`,
)
console.log(`${messages} messages against ${SMALL.messages}, ${members} members against ${SMALL.members},`)
console.log(`${LONG_LIST} conversations in a list against ${SMALL.list}; over HTTP, big and small call by call`)
console.log(
  `medians of ${effort.rounds} rounds of ${effort.calls} calls; ${secondsSoFar()} s in all, ${seedSeconds} s to seed`,
)
if (flags.break) console.log('Broken on purpose: what is unread is counted row by row')
const rows = Object.entries({ ...results, open_messages, open_members }).map(([name, { big, small, ratio }]) => [
  name,
  ...[big, small, ratio].map((number) => String(short(number))),
])
report({
  bench: 'conversations',
  table: [['operation', 'big, ms', 'small, ms', 'big / small'], ...rows],
  ratios,
  numbers: Object.fromEntries(
    Object.entries({ ...results, open_messages, open_members }).flatMap(([name, { big, small }]) => [
      [`${name}_big_ms`, big],
      [`${name}_small_ms`, small],
    ]),
  ),
  bounds: Object.keys(ratios).map((ratio) => ({
    ratio,
    atMost: ratio === 'list_conversations' ? LIST_BOUND : BOUND,
  })),
})
