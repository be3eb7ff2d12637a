import { expect, test } from 'vitest'
import { userOf } from './session.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (header: unknown, payload: unknown) => `${part(header)}.${part(payload)}.signature`

test('what is stored for a user is named by who signed for him and who he is', () => {
  expect(userOf(token({ kid: 'k1' }, { sub: 'alice' }))).toBe('k1 alice')
  expect(userOf(token({ kid: 'k1' }, { sub: 'ünïcode 👋', iss: 'https://a.example' }))).toBe(
    'https://a.example ünïcode 👋',
  )
})

test.each(['', 'abc', 'a.b.c', token({}, {}), token({}, null), `${part({})}`])('"%s" is no token', (text) => {
  expect(userOf(text)).toBeNull()
})
