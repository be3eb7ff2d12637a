import { expect, test } from 'vitest'
import { agenda, type Dated } from './agenda.ts'

const BEGIN = 1_000_000

function stage() {
  const items = new Map<string, Dated & { name: string }>()
  const own = agenda<Dated & { name: string }>()
  const item = (name: string) => {
    const found = items.get(name) ?? { name, dueAt: null }
    items.set(name, found)
    return found
  }
  return {
    set: (name: string, after: number) => own.set(item(name), BEGIN + after),
    delete: (name: string) => own.delete(item(name)),
    take: (after: number) => own.take(BEGIN + after).map(({ name }) => name),
    isIn: (name: string) => item(name).dueAt !== null,
  }
}

test('each item is due once, not a millisecond before its time', () => {
  const { set, take, isIn } = stage()
  set('a', 1_500)
  set('b', 1_501)
  set('c', 86_400_000)
  expect(take(1_499)).toEqual([])
  expect(take(1_500)).toEqual(['a'])
  expect([isIn('a'), isIn('b')]).toEqual([false, true])
  expect(take(1_700)).toEqual(['b'])
  expect(take(86_399_999)).toEqual([])
  expect(take(86_400_000)).toEqual(['c'])
  expect(take(100_000_000)).toEqual([])
})

test('an item that is set again has the newest time; one that was taken out has none', () => {
  const { set, delete: remove, take } = stage()
  set('a', 1_000)
  set('b', 1_000)
  set('a', 5_000)
  remove('b')
  remove('b')
  expect(take(4_999)).toEqual([])
  expect(take(5_000)).toEqual(['a'])
})

test('what is set for a time that is over is due at the next look', () => {
  const { set, take } = stage()
  expect(take(50_000)).toEqual([])
  set('late', 10)
  expect(take(50_500)).toEqual(['late'])
})

test('whatever is set and however far apart the looks are, all that is due is found, and nothing else', () => {
  const { set, delete: remove, take } = stage()
  const times = new Map<string, number>()
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let now = 0, i = 0; i < 3_000; i++) {
    const name = `${random(200)}`
    if (random(5)) {
      const at = now + random(20_000)
      times.set(name, at)
      set(name, at)
    } else {
      times.delete(name)
      remove(name)
    }
    if (random(3)) continue
    now += random(100) ? random(1_500) : random(90_000)
    const due = [...times].flatMap(([each, at]) => (at <= now ? each : []))
    expect(take(now).sort()).toEqual(due.sort())
    for (const each of due) times.delete(each)
  }
})
