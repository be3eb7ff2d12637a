/** Big and small call by call, so that whatever disturbs the machine disturbs both; rounds over all pairs, the order turned around each time. */
import { medianOf } from './rounds.ts'

/** One call, told how many came before; resolves to its ms. */
export type Call = (nth: number) => Promise<number>

export interface Pair {
  big: Call
  small: Call
}

export interface PairResult {
  /** Medians of the rounds' medians, in ms. */
  big: number
  small: number
  ratio: number
}

/** A round of one pair ends early after this time, but never before a few calls: what is broken is slow, and still to be told. */
const ROUND_MS = 2_000
const LEAST_CALLS = 3

/** One round to warm up, which does not count. */
export async function comparePairs<Name extends string>(
  pairs: Record<Name, Pair>,
  { rounds, calls }: { rounds: number; calls: number },
): Promise<Record<Name, PairResult>> {
  const names = Object.keys(pairs) as Name[]
  const medians = Object.fromEntries(names.map((name) => [name, [] as Medians[]])) as Record<Name, Medians[]>
  const done = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
  for (let round = 0; round <= rounds; round++) {
    console.error(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
    for (const name of names) {
      const { count, ...own } = await oneRound(pairs[name], done[name], calls)
      done[name] += count
      if (round > 0) medians[name].push(own)
    }
    names.reverse()
  }
  const resultOf = (name: Name): PairResult => {
    const [big, small] = [medianOf(medians[name], (own) => own.big), medianOf(medians[name], (own) => own.small)]
    return { big, small, ratio: big / small }
  }
  return Object.fromEntries(names.map((name) => [name, resultOf(name)])) as Record<Name, PairResult>
}

interface Medians {
  big: number
  small: number
}

async function oneRound({ big, small }: Pair, from: number, calls: number): Promise<Medians & { count: number }> {
  const [bigs, smalls]: [number[], number[]] = [[], []]
  const end = performance.now() + ROUND_MS
  let count = 0
  for (; count < calls && (count < LEAST_CALLS || performance.now() < end); count++) {
    const nth = from + count
    if (nth % 2) bigs.push(await big(nth))
    smalls.push(await small(nth))
    if (nth % 2 === 0) bigs.push(await big(nth))
  }
  const median = (all: readonly number[]) => medianOf(all, (ms) => ms)
  return { big: median(bigs), small: median(smalls), count }
}
