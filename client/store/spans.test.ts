import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginAt, endAt, join, type Span, spanAt } from './spans.ts'

const span = (from: number, to: number): Span => ({ from, to, startCursor: `before ${from}`, endCursor: `after ${to}` })
const between = fc.tuple(fc.nat(60), fc.nat(12)).map(([from, length]) => span(from, from + length))
const seqs = (spans: readonly Span[]) =>
  new Set(spans.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n)))

test('joined, they hold what each held, are sorted, and neither touch nor overlap', () => {
  fc.assert(
    fc.property(fc.array(between), (all) => {
      const joined = all.reduce<Span[]>(join, [])
      expect(seqs(joined)).toEqual(seqs(all))
      for (const [n, { from }] of joined.slice(1).entries()) expect(from).toBeGreaterThan((joined[n]?.to ?? 0) + 1)
      for (const { from, to, startCursor, endCursor } of joined)
        expect([startCursor, endCursor]).toEqual([`before ${from}`, `after ${to}`])
    }),
  )
})

test('cut at a seq, they hold what is before it, or from it on', () => {
  fc.assert(
    fc.property(fc.array(between), fc.nat(70), (all, seq) => {
      const joined = all.reduce<Span[]>(join, [])
      expect(seqs(endAt(joined, seq))).toEqual(new Set([...seqs(joined)].filter((each) => each <= seq)))
      expect(seqs(beginAt(joined, seq))).toEqual(new Set([...seqs(joined)].filter((each) => each >= seq)))
    }),
  )
})

test('one that holds all that comes still does when it is joined to a page', () => {
  const joined = join([span(50, Number.POSITIVE_INFINITY)], span(20, 49))
  expect(joined).toEqual([{ ...span(20, Number.POSITIVE_INFINITY), endCursor: 'after Infinity' }])
  expect(spanAt(joined, 1_000)).toBe(joined[0])
  expect(spanAt(joined, 19)).toBeNull()
})
