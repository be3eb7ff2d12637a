/**
 * What many ask one by one and one query answers: all that is asked in a turn of the event loop, or while the query before is under way.
 * So a storm gathers into few large queries, and who asks alone waits for nobody. Nothing is kept.
 */
import { setTimeout as delay } from 'node:timers/promises'
import DataLoader from 'dataloader'

/** A query that hangs holds back the others no longer than this. */
const PATIENCE_MS = 50
/** Where so many ask together more are about to: the next query waits a while for them, since a query costs far more than one more ask in it. */
const STORM_ASKS = 4

interface Options {
  /** In one query. */
  most: number
  /** How long it waits in a storm: little where somebody waits for the answer, more where many come back at the same time. */
  stormMs?: number
}

/** For what whoever connects or begins to listen is asked for: a client's own way to the node takes longer. */
export const CONNECTING = { most: 1_000, stormMs: 20 }

/** `read` answers in the order of what it is asked. */
export function gathered<Ask, Answer>(
  read: (asks: readonly Ask[]) => Promise<Answer[]>,
  { most, stormMs = 5 }: Options,
): (ask: Ask) => Promise<Answer> {
  let before: Promise<unknown> = Promise.resolve()

  function begin(asks: readonly Ask[]): Promise<Answer[]> {
    const answers = read(asks)
    before = Promise.all([settledOrLate(answers), asks.length >= STORM_ASKS && delay(stormMs)])
    return answers
  }

  const loader = new DataLoader<Ask, Answer>(begin, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (dispatch) => void before.then(() => setImmediate(dispatch)),
  })
  return (ask) => loader.load(ask)
}

function settledOrLate(answers: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, PATIENCE_MS)
    const settled = () => {
      clearTimeout(late)
      resolve()
    }
    answers.then(settled, settled)
  })
}
