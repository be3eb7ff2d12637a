import { expect, test } from 'vitest'
import { createDue } from './due.ts'

function stage(ids: string[]) {
  let now = 0
  const read = async (after: { id: string } | null, limit: number) =>
    ids
      .filter((id) => !after || id > after.id)
      .slice(0, limit)
      .map((id) => ({ id }))
  const due = createDue({ read, size: 2, now: () => now })
  const names = async () => {
    const { rows, isLast } = await due.take()
    return [rows.map(({ id }) => id).join(' '), isLast]
  }
  const later = (ms: number) => {
    now += ms
  }
  return { due, names, later }
}

test('pages follow each other, and begin again after the last', async () => {
  const { names } = stage(['a', 'b', 'c'])
  expect([await names(), await names(), await names()]).toEqual([
    ['a b', false],
    ['c', true],
    ['a b', false],
  ])
})

test('what failed is passed over for five seconds, then for longer, and never for more than a minute', async () => {
  const { due, names, later } = stage(['a'])
  for (const pause of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    expect(await names()).toEqual(['a', true])
    due.failed([{ id: 'a' }])
    later(pause - 1)
    expect([await names(), due.isSuspect({ id: 'a' })]).toEqual([['', true], true])
    later(1)
  }
  due.done([{ id: 'a' }])
  expect([await names(), due.isSuspect({ id: 'a' })]).toEqual([['a', true], false])
})

test('of so many failures that nobody counts them the oldest are forgotten', () => {
  const { due } = stage([])
  due.failed(Array.from({ length: 10_001 }, (_, n) => ({ id: `${n}` })))
  expect([due.isSuspect({ id: '0' }), due.isSuspect({ id: '1' })]).toEqual([false, true])
})
