import { expect, test } from 'vitest'
import { limitsOf } from '../limits.ts'
import type { Closing } from './closing.ts'
import { Operations, type Refused } from './operations.ts'

/** With a library that ends an operation when the test says so. */
function stage(limits: Partial<ReturnType<typeof limitsOf>> = {}) {
  const passed: string[] = []
  const refused: Refused[] = []
  const closed: Closing[] = []
  const ends: (() => void)[] = []
  let ms = 0
  const waitMs = { now: 0 }
  const asking = {
    limits: () => ({ ...limitsOf(null), ...limits }),
    isAcknowledged: () => true,
    waitMs: () => waitMs.now,
    async pass(message: unknown) {
      const text = typeof message === 'string' ? message : JSON.stringify(message)
      passed.push(text)
      if (text.includes('subscribe')) await new Promise<void>((resolve) => ends.push(resolve))
    },
    refuse: async (each: Refused) => void refused.push(each),
    close: (each: Closing) => void closed.push(each),
  }
  const operations = new Operations(asking, () => ms)
  const send = (message: object) => void operations.handle(JSON.stringify(message))
  return {
    ...{ passed, refused, closed, operations, waitMs },
    subscribe: (id: string, n = 0) => send({ type: 'subscribe', id, n, payload: { query: '' } }),
    complete: (id: string) => send({ type: 'complete', id }),
    wait(more: number) {
      ms += more
    },
    async end() {
      ends.shift()?.()
      await new Promise(setImmediate)
    },
    ran: () => passed.flatMap((text) => (text.includes('subscribe') ? [JSON.parse(text).n] : [])),
  }
}

test('what begins under an id waits until the one before has wound up, and the newest of many runs', async () => {
  const { subscribe, complete, end, ran, passed } = stage()
  subscribe('a', 1)
  complete('a')
  subscribe('a', 2)
  complete('a')
  subscribe('a', 3)
  expect(ran()).toEqual([1])
  expect(passed.filter((text) => text.includes('complete'))).toHaveLength(1)
  await end()
  expect(ran()).toEqual([1, 3])
  complete('a')
  await end()
  subscribe('a', 4)
  expect(ran()).toEqual([1, 3, 4])
})

test('an id that is in use is left to the library, which closes with 4409; so is one that waits', async () => {
  const { subscribe, complete, ran } = stage()
  subscribe('a', 1)
  subscribe('a', 2)
  expect(ran()).toEqual([1, 2])
  subscribe('b', 3)
  complete('b')
  subscribe('b', 4)
  subscribe('b', 5)
  expect(ran()).toEqual([1, 2, 3, 5])
})

test('past so many a second they are refused, and past as many refusals the socket is closed', () => {
  const { subscribe, complete, refused, closed, ran, wait } = stage({ operationsPerSecond: 2 })
  for (let n = 0; n < 15; n++) {
    subscribe(`${n}`, n)
    complete(`${n}`)
  }
  expect(ran()).toHaveLength(10)
  expect(refused).toHaveLength(5)
  expect(refused[0]).toEqual({ id: '10', limit: 'operationsPerSecond', max: 2, retryAfterMs: 500 })
  wait(500)
  subscribe('later', 99)
  expect(ran().at(-1)).toBe(99)
  expect(closed).toEqual([])
  for (let n = 0; n < 7; n++) subscribe(`again ${n}`)
  expect(closed.map(({ code }) => code)).toContain(1013)
})

test('so many run at once and no more; subscriptions have a limit of their own', async () => {
  const { subscribe, complete, end, refused, operations } = stage({ operationsPerSocket: 3, subscriptionsPerSocket: 2 })
  for (const id of ['a', 'b', 'c', 'd']) subscribe(id)
  expect(refused).toEqual([{ id: 'd', limit: 'operationsPerSocket', max: 3 }])
  expect(['a', 'b', 'b', 'c'].map((id) => operations.countSubscription(id))).toEqual([true, true, true, false])
  complete('a')
  await end()
  expect(operations.countSubscription('c')).toBe(true)
})

test('of who did not wait when he was told to nothing is begun until then', () => {
  const { subscribe, refused, ran, waitMs } = stage({ earlyRetriesPer10Seconds: 7 })
  waitMs.now = 4_000
  subscribe('a', 1)
  expect(refused).toEqual([{ id: 'a', limit: 'earlyRetriesPer10Seconds', max: 7, retryAfterMs: 4_000 }])
  waitMs.now = 0
  subscribe('a', 2)
  expect(ran()).toEqual([2])
})
