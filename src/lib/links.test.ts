import { expect, test } from 'vitest'
import { holdsLink } from './links.ts'

const LINKS = [
  'see https://example.com/a?b=c',
  'ftp://files',
  'HTTP://EXAMPLE.COM',
  'www.foo.anything',
  'write to me@example.com',
  'example.com',
  'Example.Com',
  'go to evil.xyz/now.',
  '(bit.ly/abc)',
  't.me/somebody',
  'a.b.c.example.co.uk',
  '[here](//example.com)',
  '[call](tel:+491234)',
  'mailto:me',
  'javascript:alert(1)',
  '192.168.0.1',
  'пример.рф',
  '例え。コム',
  'xn--e1afmkfd.xn--p1ai',
  'exa\u200bmple.com',
  'example\u2060.com',
  'example．com',
  'example。com',
  'ｅｘａｍｐｌｅ.ｃｏｍ',
  'example\u00ad.com',
  '...example.com...',
  '-example.com: look',
]
const TEXTS = [
  'hello',
  'Hello. How are you?',
  'I see.So it is',
  'Well.How are you',
  'at 10:30, room 4:2',
  'version 1.2.3',
  'it costs 3.50',
  'e.g. this, i.e. that...',
  'Node.js and readme.txt',
  '你好。再见。',
  'Привет.Как дела',
  'and/or',
  'tel: I have none',
  'a: b',
  '@alice 5@night',
  'no_link_here',
]

test.each(LINKS)('%j holds a link', (text) => expect(holdsLink(text)).toBe(true))
test.each(TEXTS)('%j holds none', (text) => expect(holdsLink(text)).toBe(false))

test('a long text of whatever takes no long time', () => {
  const begun = performance.now()
  for (const piece of ['a', 'a.', 'a@', '-', '.', 'a-', 'www', '1.', ':/', 'é', '。']) holdsLink(piece.repeat(20_000))
  expect(performance.now() - begun).toBeLessThan(2_000)
})
