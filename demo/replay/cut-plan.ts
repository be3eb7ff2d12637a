/** When a reader is cut off, counted in messages, never in time: the same seed cuts at the same places on any machine. */
import type { Random } from '../lib/random.ts'

/** One connection of a reader. */
export interface Stretch {
  /** He stays away until so many messages are stored. */
  from: number
  /** He is cut as he gets this message, the first being 1. With `until` below `from` that is in the middle of a replay. */
  until: number
}

/** Of two cuts each. */
const CYCLES = { FROM_BEGINNING: 5, FROM_MIDDLE: 2 }
const SHORTEST_CYCLE = 40
const SOME_DOZENS = 24
/** More than the server reads of its log at once (300): one backlog of each reader is longer than a page. */
const LONG = { cycle: 440, least: 310, most: 400 }

/** Below that there is no room for ten cuts. */
export const FEWEST_LINES = CYCLES.FROM_BEGINNING * SHORTEST_CYCLE
/** Nor for four of who joins when fewer are left: that is less than half of the fewest. */
export const FEWEST_LINES_LEFT = CYCLES.FROM_MIDDLE * SHORTEST_CYCLE

/** Of who joins after `joinedAfter` of these lines; the first stretch begins at once, whenever that is. */
export function cutPlan(lines: number, random: Random, joinedAfter = 0): Stretch[] {
  const total = lines - joinedAfter
  const cycles = joinedAfter === 0 ? CYCLES.FROM_BEGINNING : CYCLES.FROM_MIDDLE
  const long = total - LONG.cycle >= (cycles - 1) * SHORTEST_CYCLE ? random.between(0, cycles - 1) : null
  const usual = Math.floor(long === null ? total / cycles : (total - LONG.cycle) / (cycles - 1))
  const stretches: Stretch[] = []
  let start = joinedAfter
  for (let cycle = 0; cycle < cycles; cycle++) {
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
