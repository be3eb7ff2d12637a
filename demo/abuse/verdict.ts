/** What has to hold while a tenant is flooded. */
import type { Chatted } from './crowd.ts'
import type { Flooded } from './flood.ts'

export interface Evidence {
  quiet: Chatted
  during: Chatted
  flooded: Flooded
  /** Things of the flood that a reader has heard of. */
  reached: number
}

const MOST_REACHED = 0.02
const MOST_SLOWER = 1.5
/** Of a flood that was none nothing can be said. */
const FEWEST_ATTEMPTS = 1_000
const FEWEST_SENDS = 100

export function judge({ quiet, during, flooded, reached }: Evidence): string[] {
  const faults: string[] = []
  const share = reached / flooded.attempts
  if (flooded.attempts < FEWEST_ATTEMPTS) faults.push(`the flood tried only ${flooded.attempts} things`)
  for (const { latenciesMs } of [quiet, during])
    if (latenciesMs.length < FEWEST_SENDS) faults.push(`the real users were answered only ${latenciesMs.length} times`)
  if (!(share <= MOST_REACHED))
    faults.push(`${percent(share)} of the flood reached a reader, not ${percent(MOST_REACHED)} at most`)
  const refusals = [...quiet.refusals, ...during.refusals]
  if (refusals.length) faults.push(`${refusals.length} sends of real users were refused: ${refusals[0]}`)
  const slower = p99(during.latenciesMs) / p99(quiet.latenciesMs)
  if (!(slower <= MOST_SLOWER))
    faults.push(`their p99 was ${slower.toFixed(2)} times the quiet one, not ${MOST_SLOWER} at most`)
  if (flooded.untold) faults.push(`${flooded.untold} refusals did not say when to come again`)
  return faults
}

export function p99(latenciesMs: readonly number[]): number {
  const sorted = latenciesMs.toSorted((one, other) => one - other)
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
}

export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
