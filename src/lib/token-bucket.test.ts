import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

function stage({ perSecond = 10, burst = 3 } = {}) {
  let ms = 0
  const bucket = new TokenBucket({ perSecond, burst, now: () => ms })
  const pass = (more: number) => {
    ms += more
  }
  return { take: () => bucket.take(), pass }
}

test('a burst is taken at once, and the next one when its time has come', () => {
  const { take, pass } = stage()
  expect([take(), take(), take()]).toEqual([0, 0, 0])
  expect(take()).toBe(100)
  pass(100)
  expect(take()).toBe(0)
})

test('those refused together are each told another moment', () => {
  const { take } = stage({ burst: 1 })
  take()
  expect([take(), take(), take()]).toEqual([100, 200, 300])
})

test('turns that have passed are nobody’s any more', () => {
  const { take, pass } = stage({ burst: 1 })
  for (let i = 0; i < 6; i++) take()
  pass(10_000)
  expect(take()).toBe(0)
  expect(take()).toBe(100)
})

test('nobody is sent away for more than half a minute, and a clock that goes back is no harm', () => {
  const { take, pass } = stage({ perSecond: 1, burst: 1 })
  for (let i = 0; i < 1_000; i++) take()
  expect(take()).toBe(30_000)
  pass(-5_000)
  expect(take()).toBe(30_000)
})
