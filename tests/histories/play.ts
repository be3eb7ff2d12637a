/** Plays one history and judges it every so often. While operations run nothing is judged; then all feeds are waited for. */
import type { App } from '../../src/app.ts'
import type { Breakage } from './breakage.ts'
import { judge } from './judge.ts'
import type { Operation } from './operation.ts'
import { perform } from './perform.ts'
import { type Stage, setStage } from './stage.ts'

export interface Manner {
  /** So many operations are sent at once. */
  atOnce: number
  /** After so many it is judged, and at the end. */
  judgeEvery: number
  /** Whose client asks for what only he sees, too: slow, so only one. */
  close: number
  breakage: Breakage | null
}

export interface Verdict {
  faults: string[]
  /** How many operations had been performed when they were found. */
  after: number
  /** By kind: how many did something. */
  done: Map<string, number>
}

export async function play(app: App, history: readonly Operation[], manner: Manner): Promise<Verdict> {
  await using stage = await setStage(app, manner)
  const done = new Map<string, number>()
  let judged = 0
  for (let at = 0; at < history.length; ) {
    const together = history.slice(at, at + manner.atOnce)
    const faults = (await Promise.all(together.map((operation) => act(stage, operation, done)))).flat()
    at += together.length
    if (faults.length) return { faults, after: at, done }
    const isLast = at >= history.length
    if (at - judged < manner.judgeEvery && !isLast) continue
    judged = at
    if (manner.breakage === 'counter') await moveCounter(app, stage)
    // A fresh read of all is slow: of one in his turn, and at the end of all.
    const turn = Math.floor(at / manner.judgeEvery) % stage.clients.length
    const readers = isLast ? stage.clients : stage.clients.slice(turn, turn + 1)
    const found = await judge(app, stage, { readers, breakage: manner.breakage })
    if (found.length) return { faults: found, after: at, done }
  }
  return { faults: [], after: history.length, done }
}

async function act({ world, clients }: Stage, operation: Operation, done: Map<string, number>): Promise<string[]> {
  const { kind, user } = operation
  const client = clients[user]
  if (client && (kind === 'cutOrListen' || kind === 'beginAnew')) {
    if (client.isListening()) client.cut()
    if (kind === 'beginAnew') client.forget()
    else if (operation.choice % 2) await client.listen()
  }
  const outcome = await perform(world, operation)
  if (outcome === 'DONE') done.set(kind, (done.get(kind) ?? 0) + 1)
  return typeof outcome === 'object' ? [outcome.fault] : []
}

/** As a bug in the writing of a counter would. */
async function moveCounter({ db }: App, { tenantId }: Stage): Promise<void> {
  await db.$executeRaw`update stream set counted = counted + 1 where tenant_id = ${tenantId}::uuid`
}
