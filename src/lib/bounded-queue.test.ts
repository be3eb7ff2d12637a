import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BoundedQueue } from './bounded-queue.ts'

test('it gives what it took, in order, and takes no more than its limit', () => {
  const each = (name: string, weight: number) => ({ weight, arbitrary: fc.constant(name) })
  const operations = fc.array(fc.oneof(each('push', 60), each('shift', 40), each('clear', 1)), {
    size: 'max',
    maxLength: 3_000,
  })
  fc.assert(
    fc.property(fc.constantFrom(1, 10, 1_500), operations, (limit, given) => {
      const queue = new BoundedQueue<number>(limit)
      let model: number[] = []
      const isRight = given.map((operation, n) => {
        if (operation === 'push') {
          if (queue.push(n) !== model.length < limit) return false
          if (model.length < limit) model.push(n)
        } else if (operation === 'shift') {
          if (queue.shift() !== model.shift()) return false
        } else {
          queue.clear()
          model = []
        }
        return queue.size === model.length
      })
      expect(isRight).not.toContain(false)
    }),
    { seed: 1 },
  )
})

test('a long queue that is read as fast as it is filled keeps its order', () => {
  const queue = new BoundedQueue<number>(2_000)
  for (let n = 0; n < 1_500; n++) queue.push(n)
  for (let n = 1_500; n < 6_000; n++) {
    expect([queue.shift(), queue.push(n), queue.size]).toEqual([n - 1_500, true, 1_500])
  }
})

test('who waits is woken by the next item', async () => {
  const queue = new BoundedQueue<string>(1)
  const woken = queue.changed().then(() => queue.shift())
  queue.push('a')
  expect(await woken).toBe('a')
})

test('who waits is woken without an item', async () => {
  const queue = new BoundedQueue<string>(1)
  const woken = queue.changed().then(() => queue.shift())
  queue.wake()
  expect(await woken).toBeUndefined()
})

test('nobody waits while there is something, or for a wake that has been', async () => {
  const queue = new BoundedQueue<string>(2)
  queue.push('a')
  queue.push('b')
  await queue.changed()
  queue.shift()
  await queue.changed() // 'b' still waits
  queue.shift()
  queue.wake()
  await queue.changed()
})

test('a wake is good for one time', async () => {
  const queue = new BoundedQueue<string>(1)
  queue.wake()
  await queue.changed()
  const outcome = Promise.race([
    queue.changed().then(() => 'changed'),
    new Promise((resolve) => setImmediate(resolve, 'waiting')),
  ])
  expect(await outcome).toBe('waiting')
})
