/** What people, and those who mean ill, write: everything that a text must survive, and what is refused. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { someDeclarations } from './declarations.ts'

const LIST = join(import.meta.dirname, 'naughty-strings/blns.json')

/** Blank is what has no letter, sign or mark at all. */
const isBlank = (text: string) => /^[\s\ufeff]*$/.test(text)

const OWN = [
  `Z${'\u0301'.repeat(10_000)}algo`,
  '\u0301'.repeat(10_000),
  '\ufeffbyte order mark',
  'Ångström '.normalize('NFD'),
  'ﬁ ﷺ ſ İ ı ß ẞ K Å',
  '\u202eright to left\u202c \u2067isolated\u2069 \u200f\u061c',
  '\u200b',
  '\u2060\u00ad\u3164',
  'line\r\nbreaks\rof\nall\u2028sorts\u2029\u0085\v\f',
  '\u0001\u0007\u0008\u001b[31m\u007f\u009f',
  '\ufffe\uffff\u{1fffe}\u{10ffff}\ufffd',
  '\ue000\u{f0000}\u{e0001}\u{e0061}',
  '\\u0000 \\0 %00 \\x00 \\ \\\\ "',
  '👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪1️⃣',
  '{"json": [1, "\\ud800"]}',
  ' around ',
]

/** The big list, our own, and the Declaration of Human Rights with its title in 100 languages of 50 scripts. */
export function naughtyTexts(): string[] {
  const list = JSON.parse(readFileSync(LIST, 'utf8')) as string[]
  const declarations = someDeclarations(100).flatMap(({ title, text }) => [title, text])
  return [...new Set([...OWN, ...list, ...declarations])].filter((text) => !isBlank(text))
}

/** By why it is refused, where at most so many UTF-16 units are allowed. */
export function refusedTexts(max: number): Record<string, string[]> {
  return {
    'is blank': ['', ' ', '\u3000', '\u00a0', '\ufeff', ' \r\n\t\u2028', ' '.repeat(max)],
    'holds NUL': ['\0', 'a\0b', 'a\0'],
    'holds half of a surrogate pair': ['\ud800', '\udfff', 'a\ud83d', '\udc69b', '\udc69\ud83d'],
    'is too long': ['x'.repeat(max + 1), '\u0301'.repeat(max + 1), '😀'.repeat(Math.ceil((max + 1) / 2))],
  }
}
