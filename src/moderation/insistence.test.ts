import { expect, test } from 'vitest'
import { createInsistence, FIRST_WAIT_MS, FORGIVEN_MS, LONGEST_WAIT_MS, UNDER_WAY_MS, WITHIN_MS } from './insistence.ts'

const HOUR_MS = 3_600_000

function stage(chance = 0.5) {
  let ms = 1_000_000
  const { refused, waitMs } = createInsistence({ now: () => ms, chance: () => chance })
  const wait = (more: number): void => {
    ms += more
  }
  const refuse = (times: number, { retryAfterMs = HOUR_MS, limit = 'one' } = {}, most = 4): void => {
    for (let n = 0; n < times; n++) refused('mallory', { limit, retryAfterMs, askedAt: ms }, most)
  }
  return {
    waitMs,
    wait,
    refuse,
    /** He is told, and has had the time to hear it. */
    tell(more: { retryAfterMs?: number; limit?: string } = {}) {
      refuse(1, more)
      wait(UNDER_WAY_MS + 1)
    },
  }
}

test('what was asked before he was told, or after the time that he was told, or of another limit, is no fault', () => {
  const { tell, refuse, wait, waitMs } = stage()
  refuse(100)
  expect(waitMs('mallory')).toBe(0)
  for (let n = 0; n < 20; n++) {
    tell({ retryAfterMs: 1_000, limit: 'short' })
    wait(1_000)
  }
  for (let n = 0; n < 20; n++) refuse(1, { limit: `limit ${n}` })
  expect(waitMs('mallory')).toBe(0)
})

test('who is too early no more often than he may be, or over a longer time, waits for nothing', () => {
  const { tell, refuse, wait, waitMs } = stage()
  tell()
  for (let n = 0; n < 5; n++) {
    refuse(4)
    expect(waitMs('mallory')).toBe(0)
    wait(WITHIN_MS)
  }
})

test('who goes on waits, and nobody else does; then a few times are enough, and the wait is twice as long', () => {
  const { tell, refuse, wait, waitMs } = stage()
  tell()
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
    const { tell, refuse, waitMs } = stage(chance)
    tell()
    refuse(5)
    return waitMs('mallory')
  })
  expect(waits).toEqual([0.75 * FIRST_WAIT_MS, 1.25 * FIRST_WAIT_MS])
})

test('it is never much longer than a minute, and a quiet minute after it all is forgiven', () => {
  const { tell, refuse, wait, waitMs } = stage()
  tell()
  for (let n = 0; n < 9; n++) {
    refuse(5)
    wait(waitMs('mallory') - 1)
    expect(waitMs('mallory')).toBe(1)
    wait(1)
  }
  refuse(5)
  expect(waitMs('mallory')).toBe(LONGEST_WAIT_MS)
  wait(LONGEST_WAIT_MS + FORGIVEN_MS)
  tell()
  refuse(4)
  expect(waitMs('mallory')).toBe(0)
  refuse(1)
  expect(waitMs('mallory')).toBe(FIRST_WAIT_MS)
})
