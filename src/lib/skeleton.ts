/** What is left of a text when everything is taken away that changes its letters without changing what is read. For comparing, never for showing. Pure. */

/** Letters of other scripts that look like Latin ones. */
const LOOKALIKES: Record<string, string> = Object.fromEntries(
  Object.entries({
    a: 'аɑα',
    b: 'ьвβ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еєҽ',
    g: 'ɡ',
    h: 'һн',
    i: 'іıι|ⅼ',
    j: 'ј',
    k: 'кκ',
    l: 'ӏ',
    m: 'м',
    n: 'ոηп',
    o: 'оοօσ',
    p: 'рρ',
    q: 'ԛ',
    r: 'г',
    s: 'ѕ',
    t: 'тτ',
    u: 'υս',
    v: 'ѵν',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγү',
    z: 'ʐ',
  }).flatMap(([latin, others]) => Array.from(others, (other) => [other, latin])),
)
/** Digits and signs that stand for letters in the middle of a word. */
const LEET: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }
const INSIDE = /(?<=\p{L})[013457@$](?=\p{L})/gu
const NO_LETTER = /[^\p{L}]+/gu
/** The beginning tells enough, and costs as much however long the text is. */
const LOOKED_AT = 2_000

/** Letters alone, of one case, without accents, lookalikes made one; empty where there are none. */
export function skeleton(text: string): string {
  // Twice: of some letters the decomposed form looks like another one.
  return latin(latin(text.slice(0, LOOKED_AT).toLowerCase()).normalize('NFKD').toLowerCase())
    .replace(/\p{M}/gu, '')
    .replace(INSIDE, (sign) => LEET[sign] ?? sign)
    .replace(NO_LETTER, '')
    .replace(/(.)\1{2,}/gu, '$1$1')
}

const latin = (text: string): string => Array.from(text, (letter) => LOOKALIKES[letter] ?? letter).join('')
