/** Which parts of a conversation's history are held: intervals of seq, sorted, that neither touch nor overlap. */

/** All messages from `from` up to `to`, both included, are held. */
export interface Span {
  /** 0: from the beginning. */
  from: number
  /** Infinity: up to now and what is still to come, since each event is heard. */
  to: number
  /** For the page before it; null where it did not begin with a page. */
  startCursor: string | null
  /** For the page after it. */
  endCursor: string | null
}

/** With this one: those that it touches become one with it. */
export function join(spans: readonly Span[], added: Span): Span[] {
  const apart = spans.filter((span) => span.to + 1 < added.from || span.from > added.to + 1)
  const joined = spans.filter((span) => !apart.includes(span)).reduce(union, added)
  return [...apart, joined].sort((a, b) => a.from - b.from)
}

function union(one: Span, other: Span): Span {
  const [first, last] = [one.from <= other.from ? one : other, one.to >= other.to ? one : other]
  return { from: first.from, to: last.to, startCursor: first.startCursor, endCursor: last.endCursor }
}

export function spanAt(spans: readonly Span[], seq: number): Span | null {
  return spans.find(({ from, to }) => from <= seq && seq <= to) ?? null
}

/** Nothing is heard any more after `seq`: what is held ends there. */
export function endAt(spans: readonly Span[], seq: number): Span[] {
  return spans.flatMap((span) => {
    if (span.from > seq) return []
    return [{ ...span, to: Math.min(span.to, seq), endCursor: span.to > seq ? null : span.endCursor }]
  })
}

/** Only what stands from `seq` on is held any more. */
export function beginAt(spans: readonly Span[], seq: number): Span[] {
  return spans.flatMap((span) => {
    if (span.to < seq) return []
    return [span.from >= seq ? span : { ...span, from: seq, startCursor: null }]
  })
}
