import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeal } from './seal.ts'

const seal = createSeal('a key of tests, long enough for all')
const stranger = createSeal('another key of tests, as long as that')
const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array))

test('what was signed is verified, by this key alone', () => {
  fc.assert(
    fc.property(
      bytes.filter(({ length }) => length > 0),
      (payload) => {
        const signed = seal.sign(payload)
        expect(seal.verify(signed)).toEqual(payload)
        expect(stranger.verify(signed)).toBeNull()
      },
    ),
  )
})

test('what was signed about one thing is nothing about another', () => {
  const payload = Buffer.from('here')
  const signed = seal.sign(payload, 'one conversation')
  expect(seal.verify(signed, 'one conversation')).toEqual(payload)
  for (const about of ['another conversation', '', undefined]) expect(seal.verify(signed, about)).toBeNull()
  expect(seal.verify(seal.sign(Buffer.from('b'), 'a'), '')).toBeNull()
})

test('a signed text with any character changed, added or left out is refused', () => {
  const signed = seal.sign(Buffer.from('a cursor of forty bytes, more or less so'))
  const other = (character: string | undefined) => (character === 'A' ? 'B' : 'A')
  for (let i = 0; i < signed.length; i++) {
    for (const insert of ['', other(signed[i]), signed[i] + other(signed[i])])
      expect(seal.verify(signed.slice(0, i) + insert + signed.slice(i + 1))).toBeNull()
  }
})

test.each(['', 'A', '=', 'not base64 at all!', 'ä'.repeat(40), 'A'.repeat(10_000)])('%j is refused', (text) => {
  expect(seal.verify(text)).toBeNull()
})

test('the same bytes spelled in another way are refused: a signed text has one form', () => {
  const signed = seal.sign(Buffer.from([0xfb, 0xff])) // 18 bytes, no padding; holds - or _
  for (const spelled of [`${signed}=`, ` ${signed}`, `${signed}\n`, signed.replaceAll('-', '+').replaceAll('_', '/')])
    expect(spelled === signed ? null : seal.verify(spelled)).toBeNull()
})

test('what was encrypted is decrypted, looks different each time, and shows nothing of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const [one, other] = [seal.encrypt(text), seal.encrypt(text)]
      expect([seal.decrypt(one), seal.decrypt(other)]).toEqual([text, text])
      expect(one).not.toBe(other)
    }),
  )
  expect(seal.encrypt('a secret')).not.toContain(Buffer.from('a secret').toString('base64url'))
})

test('what another key encrypted, or somebody changed, is an error', () => {
  const sealed = seal.encrypt('a secret')
  expect(() => stranger.decrypt(sealed)).toThrow()
  for (let i = 'v1.'.length; i < sealed.length - 1; i++) {
    const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1)
    expect(() => seal.decrypt(changed)).toThrow()
  }
  for (const text of ['', 'v1.', 'v2.AAAA', 'a secret']) expect(() => seal.decrypt(text)).toThrow()
})
