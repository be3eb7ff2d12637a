import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type OnWheel, timerWheel } from './timer-wheel.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function wheel(onDue?: (item: string) => void) {
  const due: [item: string, atMs: number][] = []
  const began = Date.now()
  const own = timerWheel<OnWheel & { name: string }>({
    tickMs: 10,
    longestMs: 1_000,
    onDue: ({ name }) => {
      due.push([name, Date.now() - began])
      onDue?.(name)
    },
  })
  const items = new Map<string, OnWheel & { name: string }>()
  function item(name: string) {
    const found = items.get(name) ?? { name, bucket: -1, place: 0 }
    items.set(name, found)
    return found
  }
  const turned = {
    set: (name: string, afterMs: number) => own.set(item(name), afterMs),
    delete: (name: string) => own.delete(item(name)),
    close: own.close,
  }
  return { turned, due }
}

test('each item is due once, at its time, also the longest', () => {
  const { turned, due } = wheel()
  for (const ms of [1_000, 20, 5, 500]) turned.set(`${ms}`, ms)
  vi.advanceTimersByTime(5_000)
  expect(due).toEqual([
    ['5', 10],
    ['20', 20],
    ['500', 500],
    ['1000', 1_000],
  ])
})

test('an item that is set again has the newest time; one that was taken out has none', () => {
  const { turned, due } = wheel()
  turned.set('a', 100)
  turned.set('b', 100)
  vi.advanceTimersByTime(50)
  turned.set('a', 100)
  turned.delete('b')
  vi.advanceTimersByTime(1_000)
  expect(due).toEqual([['a', 150]])
})

test('whoever is taken out of the middle leaves the others where they are', () => {
  const { turned, due } = wheel()
  for (const name of ['a', 'b', 'c', 'd']) turned.set(name, 100)
  turned.delete('b')
  turned.delete('b')
  turned.set('a', 200)
  turned.delete('d')
  turned.set('d', 100)
  vi.advanceTimersByTime(1_000)
  expect(due.map(([name, at]) => `${name} ${at}`).sort()).toEqual(['a 200', 'c 100', 'd 100'])
  expect(vi.getTimerCount()).toBe(0)
})

test('what is due may set itself again, and goes round the wheel for ever', () => {
  const { turned, due } = wheel((item) => turned.set(item, 900))
  turned.set('a', 900)
  vi.advanceTimersByTime(9_000)
  expect(due.map(([, at]) => at)).toEqual([900, 1_800, 2_700, 3_600, 4_500, 5_400, 6_300, 7_200, 8_100, 9_000])
})

test('one timer runs however many wait, and none when nobody does or it is closed', () => {
  const { turned } = wheel()
  expect(vi.getTimerCount()).toBe(0)
  for (let i = 0; i < 1_000; i++) turned.set(`${i}`, 20)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(20)
  expect(vi.getTimerCount()).toBe(0)
  turned.set('a', 20)
  turned.close()
  expect(vi.getTimerCount()).toBe(0)
})
