import { describe, expect, test } from 'vitest'
import { declarations } from '../../tests/support/declarations.ts'
import { cutName, neutralName } from './names.ts'

const ZWNJ = '\u200c'
const ZWJ = '\u200d'

/** Names of real people, and what people put into theirs. */
const REAL = [
  'Anna-Lena Müller',
  "D'Arcy O’Neill, Jr.",
  'Nguyễn Thị Ánh',
  'Nguyễn Thị Ánh'.normalize('NFD'),
  'Åsa Ström'.normalize('NFD'),
  'أحمد محمد',
  'مُحَمَّد',
  `علی${ZWNJ}رضا`,
  'מֹשֶׁה',
  'בְּרֵאשִׁ֖ית',
  'สมศักดิ์ ปิ่นแก้ว',
  'အောင်လျှို့',
  'བསྟན་འཛིན་རྒྱ་མཚོ',
  `ශ්${ZWJ}රී ලංකා`,
  `മോഹന്${ZWJ}`,
  `র${ZWJ}্যামন`,
  'क्षत्रिय नूतन',
  'ខ្មែរ សុខា',
  '葛\u{e0100}城 太郎',
  '김철수',
  'ᠡᠷ\u180eᠡ',
  'Zoë 👩🏽‍🚒',
  '👨‍👩‍👧‍👦 the Smiths',
  'love ❤️‍🔥 1️⃣ ♥︎',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}🇩🇪',
]

describe('a real name stays as it is', () => {
  test.for(REAL)('%s', (name) => {
    expect(neutralName(name)).toBe(name)
  })

  test('as does every word of the Declaration of Human Rights in 530 languages', () => {
    const all = declarations()
    expect(all.length).toBeGreaterThan(500)
    // U+200B tells where a Javanese line may break, and is no part of a word.
    const words = new Set(all.flatMap(({ text }) => text.split(/[\s\u200b]+/)).filter(Boolean))
    expect([...words].filter((word) => neutralName(word) !== word)).toEqual([])
  })
})

describe('what cannot be seen is gone', () => {
  test('what turns the text around a name', () => {
    expect(neutralName('\u202eecila\u202c \u2067x\u2069\u200f\u200e\u061c')).toBe('ecila x')
  })

  test('what has no width, or is a letter without ink', () => {
    expect(neutralName('A\u200bl\u2060i\ufeffc\u00ade\u034f\u115f\u3164\u17b4\u{e0041}\ufff9')).toBe('Alice')
    expect(neutralName(`A${ZWJ}li${ZWNJ}ce\ufe0f`)).toBe('Alice')
    expect(neutralName('9\ufe0f')).toBe('9')
  })

  test('joiners where they join nothing, and in floods', () => {
    expect(neutralName(`علی${ZWNJ.repeat(500)}رضا`)).toBe(`علی${ZWNJ}رضا`)
    expect(neutralName(`علی${`${ZWNJ}${ZWJ}`.repeat(500)}رضا`)).toBe('علیرضا')
    expect(neutralName(`${ZWJ}علی${ZWJ}`)).toBe('علی')
    expect(neutralName(`👩${ZWJ.repeat(9)}🚒${ZWJ}`)).toBe(`👩${ZWJ}🚒`)
    expect(neutralName('❤\ufe0f\ufe0f\ufe0f')).toBe('❤\ufe0f')
  })

  test('so that nothing at all may be left', () => {
    for (const name of ['', ' ', '\u200b', `${ZWJ}${ZWNJ}`.repeat(40), '\u3164', '\u2800', '\n\r\t', '\u202e \u2066'])
      expect(neutralName(name)).toBe('')
  })
})

test('a name is one line, without space around it', () => {
  expect(neutralName(' \u00a0Alice\r\n\t\u2028Smith\u0085\u0007 \u3000')).toBe('Alice Smith')
})

describe('of marks upon one letter', () => {
  const acute = (count: number) => '\u0301'.repeat(count)

  test('four stay', () => {
    expect(neutralName(`Z${acute(4)}a${acute(50)}lgo`)).toBe(`Z${acute(4)}a${acute(4)}lgo`)
  })

  test('however they are hidden from being counted', () => {
    expect(neutralName(`Z${`${acute(3)}\u034f`.repeat(50)}`)).toBe(`Z${acute(4)}`)
    expect(neutralName(`Z${`${acute(3)}\u3164`.repeat(50)}`)).toBe(`Z${acute(4)}`)
  })
})

test('neutral already, a name stays so', () => {
  for (const name of REAL)
    expect(neutralName(neutralName(`\u202e${name}\u0301\u200b`))).toBe(neutralName(`${name}\u0301`))
})

test('a name is cut between characters, never inside of one', () => {
  expect(cutName('Alice', 5)).toBe('Alice')
  expect(cutName('Alice Smith', 6)).toBe('Alice')
  expect(cutName(`Zoe👩${ZWJ}🚒`, 7)).toBe('Zoe')
  expect(cutName('😀'.repeat(60), 99)).toBe('😀'.repeat(49))
})
