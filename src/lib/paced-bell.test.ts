import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pacedBell } from './paced-bell.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it rings at once after a quiet time, then once a second however often it is pulled', async () => {
  const bell = pacedBell(1_000)
  const began = Date.now()
  const rings: number[] = []
  const listening = (async () => {
    while (await bell.rung()) rings.push(Date.now() - began)
  })()
  for (let i = 0; i < 25; i++) {
    bell.ring()
    await vi.advanceTimersByTimeAsync(100)
  }
  await vi.advanceTimersByTimeAsync(5_000)
  expect(rings).toEqual([0, 1_000, 2_000, 3_000])
  bell.takeDown()
  await listening
  expect(vi.getTimerCount()).toBe(0)
})

test('what must not wait does not', async () => {
  const bell = pacedBell(1_000)
  bell.ring()
  expect(await bell.rung()).toBe(true)
  bell.ring()
  bell.ringNow()
  expect(await bell.rung()).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
