import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

const shown = (text: string, mentions: { start: number; length: number }[] = []) =>
  piecesOf(text, mentions).map(({ kind, text }) => (kind === 'text' ? text : `[${kind} ${text}]`))

test('a text without anything in it is one piece, an empty one none', () => {
  expect(shown('snake_case & <b>')).toEqual(['snake_case & <b>'])
  expect(shown('')).toEqual([])
})

test.each([
  ['see https://example.com/a?b=c#d.', ['see ', '[link https://example.com/a?b=c#d]', '.']],
  ['(http://example.com)', ['(', '[link http://example.com]', ')']],
  ['https://a.example https://b.example', ['[link https://a.example]', ' ', '[link https://b.example]']],
  ['javascript:alert(1) ftp://a.example xhttps://', ['javascript:alert(1) ftp://a.example xhttps://']],
])('links in "%s"', (text, pieces) => {
  expect(shown(text)).toEqual(pieces)
})

test('a mention is one piece, counted in UTF-16 units; nothing inside it is a link', () => {
  expect(shown('👋 @Bob hi', [{ start: 3, length: 4 }])).toEqual(['👋 ', '[mention @Bob]', ' hi'])
  expect(shown('@https://a.example', [{ start: 0, length: 18 }])).toEqual(['[mention @https://a.example]'])
})

test('mentions that overlap do not say anything twice', () => {
  const mentions = [
    { start: 2, length: 4 },
    { start: 0, length: 4 },
  ]
  expect(shown('@Bobby!', mentions)).toEqual(['[mention @Bob]', 'by!'])
})
