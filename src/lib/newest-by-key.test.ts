import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newestByKey } from './newest-by-key.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function paced() {
  const given: number[] = []
  const { put } = newestByKey<number>({ everyMs: 1_000, give: (value) => given.push(value), merge: Math.max })
  return { given, put }
}

test('the first comes at once, of the rest one a second, and the last is never lost', () => {
  const { given, put } = paced()
  for (let i = 1; i <= 35; i++) {
    put('a', i)
    vi.advanceTimersByTime(100)
  }
  vi.advanceTimersByTime(5_000)
  expect(given).toEqual([1, 10, 20, 30, 35])
})

test('keys do not wait for each other, what waits is merged, and nothing is kept of a quiet key', () => {
  const { given, put } = paced()
  put('a', 1)
  put('b', 2)
  put('a', 9)
  put('a', 5)
  expect(given).toEqual([1, 2])
  vi.advanceTimersByTime(1_000)
  expect(given).toEqual([1, 2, 9])
  vi.advanceTimersByTime(1_000)
  expect(vi.getTimerCount()).toBe(0)
  put('a', 3)
  expect(given).toEqual([1, 2, 9, 3])
})
