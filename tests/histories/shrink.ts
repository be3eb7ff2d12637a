/** Looks for the shortest history that fails, for a while: first its shortest beginning, then without whatever it does not need. */
import type { App } from '../../src/app.ts'
import type { Operation } from './operation.ts'
import { type Manner, play } from './play.ts'

const PATIENCE_MS = 240_000

export interface Shorter {
  history: readonly Operation[]
  faults: string[]
}

/** null when it does not fail again: what runs at once does not run alike twice. */
export async function shrink(app: App, history: readonly Operation[], manner: Manner): Promise<Shorter | null> {
  const deadline = Date.now() + PATIENCE_MS
  const isInTime = () => Date.now() < deadline
  for (const atOnce of new Set([1, manner.atOnce])) {
    const fails = failing(app, { ...manner, atOnce })
    const again = await fails(history, Math.ceil(history.length / 20))
    if (again) return withoutParts(await beginning(again, fails, isInTime), fails, isInTime)
  }
  return null
}

type Fails = (history: readonly Operation[], judgeEvery?: number) => Promise<Shorter | null>

const failing =
  (app: App, manner: Manner): Fails =>
  async (history, judgeEvery = history.length) => {
    if (!history.length) return null
    const { faults, after } = await play(app, history, { ...manner, judgeEvery })
    return faults.length ? { history: history.slice(0, after), faults } : null
  }

/** The shortest beginning that fails, by halves. */
async function beginning(whole: Shorter, fails: Fails, isInTime: () => boolean): Promise<Shorter> {
  let [best, tooFew] = [whole, 0]
  while (best.history.length - tooFew > 1 && isInTime()) {
    const half = Math.floor((best.history.length + tooFew) / 2)
    const found = await fails(best.history.slice(0, half))
    if (found) best = found
    else tooFew = half
  }
  return best
}

/** Takes out ever smaller parts for as long as what is left fails. */
async function withoutParts(whole: Shorter, fails: Fails, isInTime: () => boolean): Promise<Shorter> {
  let best = whole
  for (let size = Math.floor(best.history.length / 2); size >= 1 && isInTime(); size = Math.floor(size / 2))
    for (let from = 0; from < best.history.length && isInTime(); ) {
      const found = await fails([...best.history.slice(0, from), ...best.history.slice(from + size)])
      if (found) best = found
      else from += size
    }
  return best
}
