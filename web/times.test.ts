import { expect, test } from 'vitest'
import { agoOf, dayOf, isSameDay } from './times.ts'

const now = new Date(2026, 10, 25, 0, 30)
const at = (...[day, hour]: [number, number]) => new Date(2026, 10, day, hour).toISOString()

test('a day begins at the reader’s midnight, whatever the hours between', () => {
  expect(dayOf(at(25, 0), now)).toBe('Today')
  expect(dayOf(at(24, 23), now)).toBe('Yesterday')
  expect(dayOf(at(23, 23), now)).toMatch(/Monday.*November|November.*Monday/)
  expect(isSameDay(at(24, 1), at(24, 23))).toBe(true)
  expect(isSameDay(at(24, 23), at(25, 0))).toBe(false)
})

test.each([
  [10, 'this minute'],
  [5 * 60, '5 minutes ago'],
  [3 * 3_600, '3 hours ago'],
  [26 * 3_600, 'yesterday'],
  [-60, 'this minute'], // its clock is ahead of ours
])('%i seconds ago', (seconds, words) => {
  expect(agoOf(new Date(now.getTime() - seconds * 1_000).toISOString(), now.getTime())).toBe(words)
})
