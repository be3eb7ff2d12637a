/** Ours and what it is measured against take turns, so that a machine that gets slower meanwhile is slower for both. */

/** Each contender once to warm up, which does not count, then round by round, the order turned around each time. */
export async function interleaved<Name extends string, Result>(
  rounds: number,
  contenders: Record<Name, () => Promise<Result>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(contenders) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Name, Result[]>
  for (const name of names) await contenders[name]()
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round} of ${rounds}`)
    for (const name of names) results[name].push(await contenders[name]())
    names.reverse()
  }
  return results
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

export const medianOf = <T>(results: readonly T[], numberOf: (result: T) => number): number =>
  median(results.map(numberOf))
