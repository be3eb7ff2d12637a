/** What a bench says in the end: a table for people, the bounds that were missed, and one line of JSON, the last. */

export interface Report {
  bench: string
  /** The first row is the head. */
  table: readonly (readonly string[])[]
  /** Ours divided by the baseline of the same run. */
  ratios: Record<string, number>
  /** As they came out here; another machine has others. */
  numbers: Record<string, number>
  bounds: readonly Bound[]
}

export type Bound = { ratio: string } & ({ atLeast: number } | { atMost: number })

/** The program ends with 1 when a bound was missed. */
export function report({ bench, table, ratios, numbers, bounds }: Report): void {
  console.log(`\n${aligned(table)}\n`)
  for (const bound of bounds) {
    const isMet = meets(ratios[bound.ratio] ?? Number.NaN, bound)
    console.log(`${isMet ? 'met   ' : 'MISSED'} ${told(bound)}: ${short(ratios[bound.ratio] ?? Number.NaN)}`)
    if (!isMet) process.exitCode = 1
  }
  console.log(JSON.stringify({ bench, ratios: mapped(ratios), numbers: mapped(numbers) }))
}

/** NaN meets nothing. */
const meets = (ratio: number, bound: Bound): boolean =>
  'atLeast' in bound ? ratio >= bound.atLeast : ratio <= bound.atMost

const told = (bound: Bound): string =>
  'atLeast' in bound ? `${bound.ratio} >= ${bound.atLeast}` : `${bound.ratio} <= ${bound.atMost}`

const mapped = (numbers: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, short(number)]))

/** Three digits are more than a bench knows. */
export const short = (number: number): number => Number(number.toPrecision(3))

/** Numbers to the right, words to the left. */
function aligned(table: Report['table']): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)))
  const cells = (row: readonly string[]) =>
    widths.map((width, column) => {
      const cell = row[column] ?? ''
      return column === 0 ? cell.padEnd(width) : cell.padStart(width)
    })
  const [head = [], ...rows] = table.map((row) => cells(row).join('  '))
  return [head, '-'.repeat(head.length), ...rows].join('\n')
}
