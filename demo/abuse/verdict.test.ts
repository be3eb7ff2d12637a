import { expect, test } from 'vitest'
import { type Evidence, judge, p99 } from './verdict.ts'

const chatted = (ms: number) => ({ latenciesMs: Array.from({ length: 600 }, () => ms), refusals: [] as string[] })
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  quiet: chatted(10),
  during: chatted(15),
  flooded: { attempts: 10_000, done: {}, refusals: {}, untold: 0 },
  reached: 200,
  ...more,
})

test('is content at the bounds', () => expect(judge(evidence())).toEqual([]))

test('tells each thing that did not hold', () => {
  expect(judge(evidence({ reached: 201 }))).toEqual(['2.01 % of the flood reached a reader, not 2.00 % at most'])
  expect(judge(evidence({ during: chatted(15.1) }))).toEqual([
    'their p99 was 1.51 times the quiet one, not 1.5 at most',
  ])
  expect(judge(evidence({ during: { ...chatted(10), refusals: ['RATE_LIMITED: why'] } }))).toEqual([
    '1 sends of real users were refused: RATE_LIMITED: why',
  ])
  expect(judge(evidence({ flooded: { attempts: 10_000, done: {}, refusals: {}, untold: 3 } }))).toEqual([
    '3 refusals did not say when to come again',
  ])
})

test('of nothing it is not content', () => {
  const nothing = { latenciesMs: [], refusals: [] }
  const none = { attempts: 0, done: {}, refusals: {}, untold: 0 }
  expect(judge({ quiet: nothing, during: nothing, flooded: none, reached: 0 })).toHaveLength(5)
})

test('of a hundred the second slowest', () => {
  expect(p99(Array.from({ length: 100 }, (_, n) => n + 1))).toBe(99)
})
