/** Random histories, one after the other, until one fails. Its seed gives the same one again; then the shortest that fails too is looked for. */
import { createRandom } from '../../demo/lib/random.ts'
import type { App } from '../../src/app.ts'
import type { Breakage } from './breakage.ts'
import { makeHistory, type Operation, shown, USERS } from './operation.ts'
import { type Manner, play, type Verdict } from './play.ts'
import { shrink } from './shrink.ts'

export interface Histories {
  seed: number
  runs: number
  /** With which to begin: each has a seed of its own. */
  from?: number
  operations: number
  breakage: Breakage | null
  /** Told after each run. */
  say: (line: string) => void
}

/** Played at the same time, each in a tenant of its own: one alone waits for the database most of the time. */
const LANES = 8
const JUDGE_EVERY = 200
const SHOWN_FAULTS = 8
const SHOWN_OPERATIONS = 40

/** The report of the first that was found to fail; null when none does. */
export async function playHistories(app: App, options: Histories): Promise<string[] | null> {
  const { runs, from = 1, say } = options
  const done = new Map<string, number>()
  const found: Played[] = []
  let next = from
  async function lane(): Promise<void> {
    while (next < from + runs && !found.length) {
      const played = await playOne(app, next++, options)
      for (const [kind, count] of played.verdict.done) done.set(kind, (done.get(kind) ?? 0) + count)
      if (played.verdict.faults.length) found.push(played)
      else say(`run ${played.run}: ${played.summary}`)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const often = [...done].sort((one, other) => other[1] - one[1]).map(([kind, count]) => `${kind} ${count}`)
  say(`what was done: ${often.join(', ')}`)
  return found[0] ? report(app, found[0], options) : null
}

interface Played {
  run: number
  history: readonly Operation[]
  manner: Manner
  verdict: Verdict
  summary: string
}

async function playOne(app: App, run: number, { seed, operations, breakage }: Histories): Promise<Played> {
  const random = createRandom(seed * 100_003 + run)
  const atOnce = random.pick([1, 1, 4, 16])
  const manner: Manner = { atOnce, close: run % USERS, judgeEvery: Math.min(JUDGE_EVERY, operations), breakage }
  const history = makeHistory(random, operations)
  const start = performance.now()
  const verdict = await play(app, history, manner)
  const accepted = [...verdict.done.values()].reduce((sum, count) => sum + count, 0)
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  const summary = `${operations} operations, ${atOnce} at once; ${accepted} did something; ${seconds} s`
  return { run, history, manner, verdict, summary }
}

async function report(
  app: App,
  { run, history, manner, verdict: { faults, after } }: Played,
  { seed, operations, say }: Histories,
): Promise<string[]> {
  const head = `seed ${seed}, run ${run}: found after operation ${after} of ${operations}, ${manner.atOnce} at once`
  say(`${head}; looking for a shorter history`)
  const shorter = await shrink(app, history.slice(0, after), manner)
  const last = shorter ? shorterTold(shorter) : ['It was not seen again when it was played again.']
  return [head, ...told(faults), ...last]
}

const told = (faults: readonly string[]): string[] => [
  ...faults.slice(0, SHOWN_FAULTS).map((fault) => `  - ${fault}`),
  ...(faults.length > SHOWN_FAULTS ? [`  and ${faults.length - SHOWN_FAULTS} more`] : []),
]

function shorterTold({ history, faults }: { history: readonly Operation[]; faults: string[] }): string[] {
  const operations = history.map((operation, n) => `  ${n + 1}. ${shown(operation)}`)
  return [
    `The shortest history found that shows it, of ${history.length}:`,
    ...operations.slice(-SHOWN_OPERATIONS),
    'There:',
    ...told(faults),
  ]
}
