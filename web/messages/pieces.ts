/** A text cut into what is shown alike: docs/FORMATTING.md. */

export interface Piece {
  kind: 'text' | 'mention' | 'link'
  /** In UTF-16 units, in the whole text. */
  start: number
  text: string
}

/** To the first blank; marks that end a sentence do not belong to it. */
const LINK = /\bhttps?:\/\/[^\s<>]*[^\s<>.,)!?]/g

export function piecesOf(text: string, mentions: readonly { start: number; length: number }[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, length } of [...mentions].sort((one, other) => one.start - other.start)) {
    if (start < at) continue // it overlaps with the one before
    pieces.push(...linksIn(text.slice(at, start), at))
    pieces.push({ kind: 'mention', start, text: text.slice(start, start + length) })
    at = start + length
  }
  return [...pieces, ...linksIn(text.slice(at), at)]
}

function linksIn(text: string, offset: number): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { index, 0: link } of text.matchAll(LINK)) {
    if (index > at) pieces.push({ kind: 'text', start: offset + at, text: text.slice(at, index) })
    pieces.push({ kind: 'link', start: offset + index, text: link })
    at = index + link.length
  }
  if (at < text.length) pieces.push({ kind: 'text', start: offset + at, text: text.slice(at) })
  return pieces
}
