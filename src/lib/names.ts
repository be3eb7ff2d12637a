/** A person's name as others may be shown it: nothing in it is invisible, turns the text around it or grows out of its line. Pure. */

/** In these scripts a joiner between letters changes what is read: Persian می‌خواهم, Bengali র‍্যা. */
const JOINING = 'Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh'
  .split(' ')
  .map((script) => `\\p{scx=${script}}`)
  .join('')
const LETTER = `[[[${JOINING}]&&[\\p{L}\\p{M}]]--\\p{DI}]`
/** The Indic ones: with a joiner behind it, it looks different even at the end of a word. */
const VIRAMA = '[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA]'
const EMOJI = '\\p{Extended_Pictographic}'

/** Of what cannot be seen itself, that which changes what stands beside it. */
const MEANINGFUL = [
  `(?<=${VIRAMA})[\\u200C\\u200D]`,
  `(?<=${LETTER})[\\u200C\\u200D](?=${LETTER})`,
  `(?<=${EMOJI}[\\uFE0F\\p{Emoji_Modifier}]?)\\u200D(?=${EMOJI})`,
  `(?<=${EMOJI})[\\uFE0E\\uFE0F]`,
  '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
  '(?<=\\u{1F3F4})[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}', // the flags of England, Scotland, Wales
  '(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]', // 葛󠄀 is not 葛 to who bears the name
  '(?<=[\\p{Script=Mongolian}--\\p{DI}])[\\u180B-\\u180F]',
].join('|')

/** DI, Default_Ignorable_Code_Point, has every bidi control, joiner, filler, tag and variation selector. */
const INVISIBLE = new RegExp(`(${MEANINGFUL})|[\\p{DI}\\uFFF9-\\uFFFB]`, 'gv')
const REPEATED = /(\p{DI})\1+/gv
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gv
/** Braille's blank is no white space to JavaScript, and looks like it. */
const AROUND = /^[\s\u2800]+|[\s\u2800]+$/gv

const MARKS = /[\p{M}\p{DI}]+/gv
const STACKED = /[[\p{Mn}\p{Me}]--\p{DI}]/v
/**
 * Marks above and below one letter; those that take a place of their own do not count. The most in the 532 texts of the Universal
 * Declaration of Human Rights is 4 (Burmese), Tibetan and pointed Hebrew have 3 and 4, Thai and decomposed Vietnamese 2.
 */
const MAX_STACKED = 4

/** Empty when nothing of it can be seen. */
export function neutralName(name: string): string {
  return name
    .replace(LINE_BREAKS, ' ')
    .replace(MARKS, withFewStacked)
    .replace(REPEATED, '$1')
    .replace(INVISIBLE, '$1')
    .replace(AROUND, '')
}

function withFewStacked(marks: string): string {
  let stacked = 0
  return Array.from(marks)
    .filter((mark) => !STACKED.test(mark) || ++stacked <= MAX_STACKED)
    .join('')
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** At most so long, and ending with a whole character. */
export function cutName(name: string, max: number): string {
  if (name.length <= max) return name
  const last = characters.segment(name).containing(max)
  return name.slice(0, last?.index).trimEnd()
}
