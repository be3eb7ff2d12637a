import { expect, test } from 'vitest'
import { UserMap } from './user-map.ts'

const ANN = { tenantId: 'one', userId: 'ann' }
const HERS_ELSEWHERE = { tenantId: 'two', userId: 'ann' }
const BOB = { tenantId: 'one', userId: 'bob' }

test('the same id in two tenants is two users', () => {
  const map = new UserMap<number>()
  map.set(ANN, 1)
  map.set(HERS_ELSEWHERE, 2)
  expect([map.get(ANN), map.get(HERS_ELSEWHERE), map.get(BOB)]).toEqual([1, 2, undefined])
  expect(map.delete(HERS_ELSEWHERE)).toBe(true)
  expect([map.get(ANN), map.get(HERS_ELSEWHERE)]).toEqual([1, undefined])
})

test('counts its users, whatever is set twice or deleted in vain', () => {
  const map = new UserMap<number>()
  for (const user of [ANN, BOB, ANN]) map.set(user, 7)
  expect(map.size).toBe(2)
  expect([map.delete(BOB), map.delete(BOB), map.delete(HERS_ELSEWHERE)]).toEqual([true, false, false])
  expect(map.size).toBe(1)
})

test('goes through all of them, each with his name', () => {
  const map = new UserMap<number>()
  map.set(ANN, 1)
  map.set(HERS_ELSEWHERE, 2)
  map.set(BOB, 3)
  expect([...map]).toEqual([
    [ANN, 1],
    [BOB, 3],
    [HERS_ELSEWHERE, 2],
  ])
  expect([...map.values()]).toEqual([1, 3, 2])
})
