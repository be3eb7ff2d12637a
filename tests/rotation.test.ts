/** Until when a secret that was replaced is good, as an operator says it. */
import { expect, test } from 'vitest'
import { oldUntil } from '../scripts/tenant-keys.ts'

const hoursFromNow = (until: Date | null) => Math.round(((until?.getTime() ?? 0) - Date.now()) / 3_600_000)

test('a day unless it is said otherwise, a time to come, or not at all', () => {
  expect(hoursFromNow(oldUntil({ atOnce: false, until: undefined }))).toBe(24)
  expect(hoursFromNow(oldUntil({ atOnce: false, until: '7d' }))).toBe(168)
  expect(oldUntil({ atOnce: false, until: '2999-01-31T12:00Z' })?.getUTCFullYear()).toBe(2999)
  expect(oldUntil({ atOnce: true, until: undefined })).toBeNull()
})

test.each(['0s', '2001-01-01', 'tomorrow', '', '5 h', '99999999999d'])('%s is no such time', (until) => {
  expect(() => oldUntil({ atOnce: false, until })).toThrow(/is no time to come: write 30m, 24h, 7d, or a date/)
})

test('both ways at once are refused', () => {
  expect(() => oldUntil({ atOnce: true, until: '1h' })).toThrow('not both')
})
