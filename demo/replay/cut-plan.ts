/** When a reader is cut off, counted in messages, never in time: the same seed cuts at the same places on any machine. */
import type { Random } from '../lib/random.ts'

/** One connection of a reader. */
export interface Stretch {
  /** He stays away until so many messages are stored. */
  from: number
  /** He is cut as he gets this message, the first being 1. With `until` below `from` that is in the middle of a replay. */
  until: number
}

const CYCLES = 5 // of two cuts each
const SHORTEST_CYCLE = 40
const SOME_DOZENS = 24
/** More than the server reads of its log at once (300): one backlog of each reader is longer than a page. */
const LONG = { cycle: 440, least: 310, most: 400 }

/** Below that there is no room for ten cuts. */
export const FEWEST_LINES = CYCLES * SHORTEST_CYCLE

export function cutPlan(total: number, random: Random): Stretch[] {
  const long = total - LONG.cycle >= (CYCLES - 1) * SHORTEST_CYCLE ? random.between(0, CYCLES - 1) : null
  const usual = Math.floor(long === null ? total / CYCLES : (total - LONG.cycle) / (CYCLES - 1))
  const stretches: Stretch[] = []
  let start = 0
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const isLong = cycle === long
    const backlog = isLong
      ? random.between(LONG.least, LONG.most)
      : random.between(SOME_DOZENS, Math.max(SOME_DOZENS, Math.floor(usual * 0.6)))
    const cut = start + random.between(1, 10)
    const cutInReplay = cut + random.between(Math.ceil(backlog / 4), backlog - 4)
    stretches.push({ from: 0, until: cut }, { from: cut + backlog, until: cutInReplay })
    start += isLong ? LONG.cycle : usual
  }
  return stretches
}
