/** Leaves out of a schedule that fails what it also fails without: halves first, then ever smaller pieces. */
import type { Step } from './schedule.ts'

const TRIES = 600

interface Failing {
  fault: string
  play(steps: readonly Step[]): Promise<string | null>
}

export async function shorten(steps: readonly Step[], { fault, play }: Failing) {
  let few = [...steps]
  let why = fault
  let tries = 0
  for (let size = Math.ceil(few.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < few.length && tries < TRIES; tries++) {
      const some = few.toSpliced(from, size)
      const found = await play(some)
      if (found === null) from += size
      else [few, why] = [some, found]
    }
  return { steps: few, fault: why }
}
