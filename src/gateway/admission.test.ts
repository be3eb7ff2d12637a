import { expect, test } from 'vitest'
import { createAdmission } from './admission.ts'

function stage(more: Partial<Parameters<typeof createAdmission>[0]> = {}) {
  const options = { maxSockets: 20, connectsPerSecond: 10, unnamedSocketsPerAddress: 100 }
  return createAdmission({ ...options, now: () => 0, chance: () => 0.5, ...more })
}
const user = (userId: string) => ({ tenantId: 't', userId })

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

test('a full node refuses with 4512 and a time, and past 5 % more takes none at all', () => {
  const node = stage()
  const places = times(20, () => node.enter('a'))
  expect(places.map(({ refusal }) => refusal)).toEqual(times(20, () => null))
  expect([node.isFull(), node.isOverfull()]).toEqual([true, false])
  const refused = node.enter('a')
  expect(refused.refusal).toEqual({ code: 4512, reason: '{"code":"SERVICE_UNAVAILABLE","retryAfterMs":5000}' })
  expect(node.isOverfull()).toBe(true)
  for (const place of [refused, refused, ...places]) place.leave()
  expect([node.isFull(), node.isOverfull(), node.enter('a').refusal]).toEqual([false, false, null])
})

test('a user has so many sockets and no more; one that goes makes room', () => {
  const node = stage()
  const [first, second, third] = times(3, () => node.enter('a'))
  expect([first!.name(user('u'), 2), second!.name(user('u'), 2)]).toEqual([null, null])
  expect(third!.name(user('u'), 2)).toMatchObject({ code: 4513 })
  expect(JSON.parse(third!.name(user('u'), 2)!.reason)).toEqual({
    code: 'LIMIT_EXCEEDED',
    limit: 'socketsPerUser',
    max: 2,
    retryAfterMs: 30_000,
  })
  expect(third!.name(user('another'), 2)).toBeNull()
  first!.leave()
  first!.leave()
  expect(node.enter('a').name(user('u'), 2)).toBeNull()
})

test('who has left before he was known takes no place', () => {
  const node = stage()
  const gone = node.enter('a')
  gone.leave()
  gone.name(user('u'), 1)
  expect(node.enter('a').name(user('u'), 1)).toBeNull()
})

test('an address has so many sockets of nobody; those of users do not count', () => {
  const node = stage({ unnamedSocketsPerAddress: 2 })
  times(5, () => node.enter('a').name(user('u'), 10))
  const [one] = times(2, () => node.enter('a'))
  expect(node.enter('a').refusal).toMatchObject({ code: 1013 })
  expect(node.enter('b').refusal).toBeNull()
  one!.leave()
})

test('connects past the burst are each told another time', () => {
  const node = stage()
  const place = node.enter('a')
  expect(times(20, () => place.connect())).toEqual(times(20, () => null))
  expect(times(2, () => JSON.parse(place.connect()!.reason).retryAfterMs)).toEqual([100, 200])
})

test('no reason is longer than a close frame holds', () => {
  const node = stage({ maxSockets: 1_000_000, chance: () => 0.999_999 })
  for (const refusal of [node.enter('a').name(user('u'), 0), ...times(30, () => node.enter('a').connect())])
    expect(Buffer.byteLength(refusal?.reason ?? '')).toBeLessThanOrEqual(123)
})
