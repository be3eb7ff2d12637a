import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Flusher } from './flusher.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const turn = () => new Promise(setImmediate)
const MANY = 1_000

/** `takes`: how long each flush is. When they were begun is told. */
function stage({ takes = 0 } = {}) {
  const flusher = new Flusher(() => undefined)
  const begun: number[] = []
  const start = performance.now()
  const flush = () => {
    begun.push(performance.now() - start)
    vi.advanceTimersByTime(takes)
    return 1
  }
  return { flusher, begun, note: (writes: number) => flusher.note({ flush }, writes) }
}

/** Millisecond by millisecond; what `each` does at one of them is done by its end. */
async function pass(ms: number, each: (at: number) => void = () => undefined): Promise<void> {
  for (let at = 0; at < ms; at++) {
    each(at)
    await turn()
    vi.advanceTimersByTime(1)
    await turn()
  }
}

test('what goes to few is written in the same turn', async () => {
  const { begun, note } = stage()
  note(10)
  await turn()
  expect(begun).toEqual([0])
})

test('what comes alone waits as long as its writing takes', async () => {
  const { begun, note } = stage()
  note(MANY)
  await pass(60)
  expect(begun).toEqual([20])
})

test('what is spread over some time is written together', async () => {
  const { flusher, begun, note } = stage()
  note(MANY)
  await pass(60, (at) => at <= 30 && at % 5 === 0 && flusher.goesOn())
  expect(begun).toEqual([40])
})

test('what does not end is written all the same, in time', async () => {
  const { flusher, begun, note } = stage()
  note(MANY)
  await pass(60, () => flusher.goesOn())
  expect(begun).toEqual([50])
})

test('after a long flush comes a rest, but no long one', async () => {
  const { begun, note } = stage({ takes: 40 })
  note(MANY)
  await pass(21)
  note(10)
  await pass(100)
  expect(begun).toEqual([20, 85])
})
