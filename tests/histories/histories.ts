/** Random histories, one after the other, until one fails. Its seed gives the same one again; then the shortest that fails too is looked for. */
import { createRandom } from '../../demo/lib/random.ts'
import type { App } from '../../src/app.ts'
import type { Breakage } from './breakage.ts'
import { makeHistory, type Operation, shown } from './operation.ts'
import { type Manner, play } from './play.ts'
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

const JUDGE_EVERY = 200
const SHOWN_FAULTS = 8
const SHOWN_OPERATIONS = 40

/** The report of the first that fails; null when none does. */
export async function playHistories(app: App, { seed, runs, from = 1, operations, breakage, say }: Histories) {
  const done = new Map<string, number>()
  for (let run = from; run < from + runs; run++) {
    const random = createRandom(seed * 100_003 + run)
    const atOnce = random.pick([1, 1, 4, 16])
    const manner: Manner = { atOnce, judgeEvery: Math.min(JUDGE_EVERY, operations), breakage }
    const history = makeHistory(random, operations)
    const start = performance.now()
    const verdict = await play(app, history, manner)
    for (const [kind, count] of verdict.done) done.set(kind, (done.get(kind) ?? 0) + count)
    if (verdict.faults.length) {
      const head = `seed ${seed}, run ${run}, ${atOnce} at once: found after operation ${verdict.after} of ${operations}`
      say(`${head}; looking for a shorter history`)
      const shorter = await shrink(app, history.slice(0, verdict.after), manner)
      return [
        head,
        ...told(verdict.faults),
        ...(shorter ? shorterTold(shorter) : ['It was not seen again when it was played again.']),
      ]
    }
    const changed = [...verdict.done.values()].reduce((sum, count) => sum + count, 0)
    say(
      `run ${run}: ${operations} operations, ${changed} accepted, ${atOnce} at once, ${((performance.now() - start) / 1000).toFixed(1)} s`,
    )
  }
  say(
    `accepted: ${[...done]
      .sort((one, other) => other[1] - one[1])
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  )
  return null
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
