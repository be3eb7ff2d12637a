/** One run: nodes, writers and readers under faults for a while, then in peace for a while, then the verdict. */
import type { Ephemeral } from '../../src/events.ts'
import type { Log as Logger } from '../../src/log.ts'
import { type Random, random } from '../support/adversary.ts'
import { createBadBus } from './bad-bus.ts'
import { createClock } from './clock.ts'
import { createDatabase, FAULTS, type Fault, HARMLESS } from './database.ts'
import { judge } from './judge.ts'
import { createNode, type Node } from './node.ts'
import { createReader, type Reader } from './reader.ts'
import { CONVERSATIONS, eventOf, TENANT, USERS } from './tables.ts'
import { createTrace } from './trace.ts'
import { createWriting } from './writing.ts'

const STEPS = 220
/** Longer than anything is held back. */
const PEACE_MS = 8_000

export interface Verdict {
  /** null: all is as it should be. */
  fault: string | null
  lines: string[]
}

export async function play(seed: number): Promise<Verdict> {
  const dice = random(seed)
  const { below, chance, pick, next } = dice
  const clock = createClock()
  clock.install()
  const { say: trace, lines } = createTrace(clock.now)
  let fault: string | null = null
  const breach = (why: string): void => {
    fault ??= why
  }

  const faults = pick<readonly Fault[]>([[], HARMLESS, FAULTS, FAULTS])
  let isPeace = false
  const database = createDatabase(dice, trace)
  database.start()
  const bus = createBadBus({ clock, dice, isBad: () => !isPeace })
  const writing = createWriting({
    clock,
    dice,
    database,
    publish(rows) {
      trace(`committed ${rows.map(({ streamId, seq, position }) => `${streamId}#${seq}@${position}`).join(' ')}`)
      bus.publish(rows.map((row) => eventOf(row, database.tables, row.epoch)))
    },
  })
  const world = { clock, dice, database, bus, trace, breach, logger: silent, mayFail: () => !isPeace }

  for (const conversation of ['c1', 'c2'])
    for (const userId of USERS) void writing.append([{ kind: 'MEMBERSHIP', on: conversation, userId }])
  void writing.append([{ kind: 'MEMBERSHIP', on: 'c3', userId: 'u3' }])
  await clock.pass(6_000)
  const nodes = [createNode(world), createNode(world)]
  const readers = readersOf(dice).map((who) => createReader(world, who))

  function connect(reader: Reader): void {
    const node = pick(nodes)
    const { userId, conversationId } = reader.who
    const isOver = reader.isRevoked && !database.tables.isMember(userId, conversationId ?? '')
    if (node.isReady() && !reader.isConnected() && !isOver) reader.connect(node)
  }

  function step(): void {
    const what = next()
    const reader = pick(readers)
    if (what < 0.34) writing.any()
    else if (what < 0.35) writing.burst()
    else if (what < 0.38) bus.publish([receipts(pick(CONVERSATIONS), clock.date())])
    else if (what < 0.42)
      void pick(nodes)
        .hubs.tailPass()
        .catch(() => undefined)
    else if (what < 0.58) toggle(reader)
    else if (what < 0.84) connect(reader)
    else if (what < 0.93) reader.cut()
    else if (what < 0.945) crash(below(nodes.length))
    else if (what < 0.965 && faults.length && chance(0.5)) database.fail(pick(faults))
  }

  function toggle(reader: Reader): void {
    const connection = reader.connection()
    if (connection?.isClogged) connection.unclog()
    else connection?.clog()
  }

  function crash(n: number): void {
    const dead = nodes[n] as Node
    trace(`node ${n} dies`)
    dead.die()
    for (const reader of readers) if (reader.connection()?.node === dead) reader.cut()
    nodes[n] = createNode(world)
  }

  /** Mostly short, so that everything overlaps; now and then long, so that what is idle is closed. */
  function gap(): number {
    const what = next()
    if (what < 0.55) return below(6)
    if (what < 0.9) return below(40)
    return what < 0.994 ? below(300) : below(12_000)
  }

  for (let i = 0; i < STEPS && !fault; i++) {
    await clock.pass(gap())
    step()
  }
  isPeace = true
  while (!writing.isQuiet() && !fault) await clock.pass(250)
  for (let ms = 0; ms < PEACE_MS && !fault; ms += 250) {
    for (const reader of readers) {
      reader.connection()?.unclog()
      connect(reader)
    }
    await clock.pass(250)
  }
  return { fault: fault ?? judge(database, readers)[0] ?? null, lines }
}

function readersOf({ chance, pick }: Random) {
  const feeds = [...USERS, pick(USERS)].map((userId) => ({ userId, conversationId: null }))
  const ofConversations = ['c1', 'c2', 'c3'].map((conversationId, i) => ({ userId: USERS[i]!, conversationId }))
  return [...ofConversations, ...feeds].map(({ userId, conversationId }, i) => {
    const isPushed = chance(0.5)
    const name = `${isPushed ? 'pushed' : 'pulled'} ${conversationId ?? 'feed'} of ${userId} (${i})`
    return { name, userId, conversationId, isPushed }
  })
}

const receipts = (streamId: string, at: Date): Ephemeral => ({
  version: 1,
  kind: 'RECEIPTS_ADVANCED',
  tenantId: TENANT,
  streamId,
  at,
  userId: 'u1',
  readSeq: 1,
  deliveredSeq: 1,
})

const silent = { debug() {}, info() {}, warn() {}, error() {}, fatal() {} } as unknown as Logger
