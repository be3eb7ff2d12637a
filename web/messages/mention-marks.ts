/** Mentions are ranges, not syntax: while the text is read as Markdown a mark stands for each, that no rule touches. */

interface Range {
  start: number
  length: number
}

export type Part = { kind: 'text'; text: string } | { kind: 'mention'; text: string }

// Of the private use area: these are nobody's letters.
const [BEGIN, END] = ['\uE000', '\uE001']
const MARK = /\uE000(\d+)\uE001/g

export function withMarks(text: string, mentions: readonly Range[]): { marked: string; partsOf(text: string): Part[] } {
  const shown: string[] = []
  let marked = ''
  let at = 0
  for (const { start, length } of [...mentions].sort((one, other) => one.start - other.start)) {
    if (start < at) continue // it overlaps with the one before
    marked += `${plain(text.slice(at, start))}${BEGIN}${shown.push(text.slice(start, start + length)) - 1}${END}`
    at = start + length
  }
  return { marked: marked + plain(text.slice(at)), partsOf: (part) => partsOf(part, shown) }
}

/** Whoever writes such a letter himself has made no mention by that. */
const plain = (text: string): string => text.replaceAll(BEGIN, '\uFFFD')

function partsOf(text: string, shown: readonly string[]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { index, 0: mark, 1: n } of text.matchAll(MARK)) {
    if (index > at) parts.push({ kind: 'text', text: text.slice(at, index) })
    parts.push({ kind: 'mention', text: shown[Number(n)] ?? '' })
    at = index + mark.length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}
