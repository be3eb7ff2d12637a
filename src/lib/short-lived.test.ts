import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ShortLived } from './short-lived.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'Date'] })
  vi.advanceTimersByTime(1) // what is kept at the very beginning of time is kept for ever
})
afterEach(() => {
  vi.useRealTimers()
})

test('what is over is let go though nobody asks for it, and then nothing runs any more', () => {
  const kept = new ShortLived<{ n: number }>({ max: 10, ttlMs: 1_000 })
  kept.set('one', { n: 1 })
  vi.advanceTimersByTime(600)
  kept.set('two', { n: 2 })
  expect([kept.get('one'), kept.size]).toEqual([{ n: 1 }, 2])
  vi.advanceTimersByTime(500)
  expect([kept.get('one'), kept.get('two')]).toEqual([undefined, { n: 2 }])
  vi.advanceTimersByTime(1_500)
  expect([kept.size, vi.getTimerCount()]).toEqual([0, 0])
  kept.set('three', { n: 3 })
  expect(vi.getTimerCount()).toBe(1)
  kept.delete('three')
  vi.advanceTimersByTime(1_000)
  expect(vi.getTimerCount()).toBe(0)
})

test('of many the oldest goes before', () => {
  const kept = new ShortLived<object>({ max: 2, ttlMs: 1_000 })
  for (const key of ['one', 'two', 'three']) kept.set(key, {})
  expect(['one', 'two', 'three'].map((key) => kept.get(key))).toEqual([undefined, {}, {}])
})
