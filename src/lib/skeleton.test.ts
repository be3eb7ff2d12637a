import { expect, test } from 'vitest'
import { skeleton } from './skeleton.ts'

const PLAIN = skeleton('Cheap watches, buy now at example.com')

test('what reads the same is the same', () => {
  for (const text of [
    'CHEAP WATCHES -- buy now at EXAMPLE.com!!!',
    'cheap  watches buy now at example com 17',
    'Ϲhеар wаtсhеѕ, buу nоw at ехаmрlе.соm', // Cyrillic and Greek among them
    'ｃｈｅａｐ ｗａｔｃｈｅｓ， buy now at example.com',
    'ch3ap w4tches, buy n0w at ex4mple.com',
    'chéap wätches, buy now at example.com',
    'c\u200bh\u200beap wat\u00adches, buy now at example.com #4711',
  ])
    expect(skeleton(text), text).toBe(PLAIN)
})

test('what reads otherwise is not', () => {
  for (const text of ['Cheap matches, buy now at example.com', 'Cheap watches', ''])
    expect(skeleton(text), text).not.toBe(PLAIN)
})

test('scripts keep their letters', () => {
  expect(skeleton('今日は、いい天気ですね')).toBe('今日はいい天気ですね'.normalize('NFKD').replace(/\p{M}/gu, ''))
  expect(skeleton('👍 12:30')).toBe('')
})

test('of a long text the beginning is looked at', () => {
  expect(skeleton('ab'.repeat(10_000)).length).toBeLessThanOrEqual(2_000)
})
