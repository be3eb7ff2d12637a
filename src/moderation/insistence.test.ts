import { expect, test } from 'vitest'
import { createInsistence, FIRST_WAIT_MS, FORGIVEN_MS, LONGEST_WAIT_MS, WITHIN_MS } from './insistence.ts'

function stage(chance = 0.5) {
  let ms = 1_000_000
  const { refused, waitMs } = createInsistence({ now: () => ms, chance: () => chance })
  return {
    waitMs,
    wait(more: number) {
      ms += more
    },
    refuse(times: number, most = 4) {
      for (let n = 0; n < times; n++) refused('mallory', most)
    },
  }
}

test('who is refused no more often than he may be, or over a longer time, waits for nothing', () => {
  const { refuse, wait, waitMs } = stage()
  for (let n = 0; n < 5; n++) {
    refuse(4)
    expect(waitMs('mallory')).toBe(0)
    wait(WITHIN_MS)
  }
})

test('who goes on waits, and nobody else does; then a few refusals are enough, and the wait is twice as long', () => {
  const { refuse, wait, waitMs } = stage()
  refuse(5)
  expect(waitMs('mallory')).toBe(FIRST_WAIT_MS)
  expect(waitMs('alice')).toBe(0)
  wait(FIRST_WAIT_MS)
  expect(waitMs('mallory')).toBe(0)
  refuse(1)
  expect(waitMs('mallory')).toBe(0)
  refuse(1)
  expect(waitMs('mallory')).toBe(2 * FIRST_WAIT_MS)
})

test('those who are sent away together do not come back together', () => {
  const waits = [0, 1].map((chance) => {
    const { refuse, waitMs } = stage(chance)
    refuse(5)
    return waitMs('mallory')
  })
  expect(waits).toEqual([0.75 * FIRST_WAIT_MS, 1.25 * FIRST_WAIT_MS])
})

test('it is never much longer than a minute, and a quiet minute after it all is forgiven', () => {
  const { refuse, wait, waitMs } = stage()
  for (let n = 0; n < 9; n++) {
    refuse(5)
    wait(waitMs('mallory') - 1)
    expect(waitMs('mallory')).toBe(1)
    wait(1)
  }
  refuse(5)
  expect(waitMs('mallory')).toBe(LONGEST_WAIT_MS)
  wait(LONGEST_WAIT_MS + FORGIVEN_MS)
  refuse(4)
  expect(waitMs('mallory')).toBe(0)
  refuse(1)
  expect(waitMs('mallory')).toBe(FIRST_WAIT_MS)
})
