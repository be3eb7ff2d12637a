import { setImmediate as immediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gathered } from './gathered.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** What was asked before it is on its way after it. */
const turn = () => immediate().then(() => immediate())

function stage(most = 10) {
  const queries: { asks: readonly number[]; answer: () => void; fail: () => void }[] = []
  const ask = gathered<number, number>(
    (asks) =>
      new Promise((resolve, reject) => {
        const answer = () => resolve(asks.map((each) => each * 2))
        queries.push({ asks, answer, fail: () => reject(new Error('away')) })
      }),
    { most },
  )
  return { ask, queries, asked: () => queries.map(({ asks }) => asks) }
}

test('what is asked in one turn is one query, whoever asks', async () => {
  const { ask, queries, asked } = stage()
  const first = ask(1)
  await Promise.resolve()
  const second = ask(2)
  await turn()
  queries[0]?.answer()
  expect([await first, await second, asked()]).toEqual([2, 4, [[1, 2]]])
})

test('who asks while a query is under way is answered by the next one, together with all others', async () => {
  const { ask, queries, asked } = stage()
  const first = ask(1)
  await turn()
  const rest = [ask(2)]
  await turn()
  rest.push(ask(3))
  await turn()
  expect(asked()).toEqual([[1]])
  queries[0]?.answer()
  await first
  await turn()
  queries[1]?.answer()
  expect([await Promise.all(rest), asked()]).toEqual([
    [4, 6],
    [[1], [2, 3]],
  ])
})

test('where many ask, the next query waits for more of them; where few do, it does not', async () => {
  const { ask, queries, asked } = stage()
  const storm = [1, 2, 3, 4].map(ask)
  await turn()
  queries[0]?.answer()
  await Promise.all(storm)
  storm.push(ask(5))
  await turn()
  expect(asked()).toHaveLength(1)
  await expect.poll(() => asked()).toEqual([[1, 2, 3, 4], [5]])
  queries[1]?.answer()
  expect(await storm[4]).toBe(10)
})

test('a query that hangs holds nobody back for long, and one that fails fails those who asked it', async () => {
  const { ask, queries, asked } = stage()
  const hanging = ask(1)
  await turn()
  const second = ask(2)
  await vi.advanceTimersByTimeAsync(50)
  await turn()
  expect(asked()).toEqual([[1], [2]])
  queries[1]?.fail()
  await expect(second).rejects.toThrow('away')
  queries[0]?.answer()
  expect(await hanging).toBe(2)
  const third = ask(3)
  await turn()
  queries[2]?.answer()
  expect(await third).toBe(6)
})

test('no query is asked more than it may be', async () => {
  const { ask, queries, asked } = stage(2)
  const answers = [1, 2, 3].map(ask)
  await turn()
  for (const { answer } of queries) answer()
  expect([await Promise.all(answers), asked()]).toEqual([
    [2, 4, 6],
    [[1, 2], [3]],
  ])
})
