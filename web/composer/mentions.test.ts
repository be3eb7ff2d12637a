import { expect, test } from 'vitest'
import type { Member } from '../../client/index.ts'
import { candidates, mentionAt, mentionsIn, type Picked } from './mentions.ts'

const user = (name: string): Picked => ({ kind: 'USER', userId: name.toLowerCase(), label: `@${name}` })
const member = (name: string) => ({ user: { id: name.toLowerCase(), name } }) as Member

test.each<[string, ReturnType<typeof mentionAt>]>([
  ['@', { start: 0, query: '' }],
  ['hello @bo', { start: 6, query: 'bo' }],
  ['line\n@bo', { start: 5, query: 'bo' }],
  ['hello@bo', null],
  ['@bo hello', null],
  ['', null],
])('before the caret at the end of "%s"', (text, found) => {
  expect(mentionAt(text, text.length)).toEqual(found)
})

test('names are found by the beginning of each of their words', () => {
  const members = [member('Alice'), member('Morgan the moderator')]
  const labels = (query: string) => candidates(query, members, [user('all')]).map(({ label }) => label)
  expect(labels('MOD')).toEqual(['@Morgan the moderator'])
  expect(labels('al')).toEqual(['@Alice', '@all'])
  expect(labels('lice')).toEqual([])
})

test('whoever was picked is found where he stands when it is sent, each time', () => {
  expect(mentionsIn('Well, @Bob and @Bob', [user('Bob')])).toEqual([
    { kind: 'USER', start: 6, length: 4, userId: 'bob' },
    { kind: 'USER', start: 15, length: 4, userId: 'bob' },
  ])
  expect(mentionsIn('Well, Bob', [user('Bob')])).toEqual([])
})

test('one whose name begins with another one’s is himself', () => {
  const ids = mentionsIn('@Bob @Bobby', [user('Bob'), user('Bobby')]).map(({ userId, start }) => [userId, start])
  expect(ids).toEqual([
    ['bob', 0],
    ['bobby', 5],
  ])
})
