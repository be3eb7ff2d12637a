import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Mention } from '../../client/index.ts'
import { MessageText } from './message-text.tsx'

const shown = (text: string, mentions: Mention[] = []): string =>
  renderToStaticMarkup(<MessageText message={{ text, mentions }} />)
    .replace(/^<div class="text">(.*)<\/div>$/s, '$1')
    .replaceAll(' target="_blank" rel="noreferrer"', '')
const mention = (start: number, length: number): Mention => ({ kind: 'USER', start, length, userId: 'usr_1' })

test.each([
  ['*so* _so_ snake_case_name', '<p><em>so</em> <em>so</em> snake_case_name</p>'],
  ['**so** ~~so~~', '<p><strong>so</strong> <del>so</del></p>'],
  ['`*so*`', '<p><code>*so*</code></p>'],
  ['```js\n*so*\n```', '<pre><code>*so*</code></pre>'],
  ['> so', '<blockquote><p>so</p></blockquote>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['3. three', '<ol start="3"><li>three</li></ol>'],
  ['[so](https://example.com)', '<p><a href="https://example.com">so</a></p>'],
  [
    '(see https://a.example/b?c=d#e).',
    '<p>(see <a href="https://a.example/b?c=d#e">https://a.example/b?c=d#e</a>).</p>',
  ],
  ['\\*so\\*', '<p>*so*</p>'],
  ['one\ntwo', '<p>one<br/>two</p>'],
])('%s', (text, html) => {
  expect(shown(text)).toBe(html)
})

test.each([
  '# no heading',
  '---',
  '[so](javascript:alert(1))',
  'javascript:alert(1)',
  'www.example.com',
  'somebody@example.com',
  '[x]: y',
])('what is not in the table is text: %s', (text) => {
  expect(shown(text)).toBe(`<p>${text}</p>`)
})

test('there are no tables, boxes to tick, pictures', () => {
  expect(shown('| a |\n|---|\n| b |')).toBe('<p>| a |<br/>|---|<br/>| b |</p>')
  expect(shown('- [x] done')).toBe('<ul><li>[x] done</li></ul>')
  expect(shown('![so](https://example.com/a.png)')).toBe('<p>!<a href="https://example.com/a.png">so</a></p>')
})

test('HTML is characters', () => {
  expect(shown('<b onclick="x()">so</b> &amp; <https://a.example>')).toBe(
    '<p>&lt;b onclick=&quot;x()&quot;&gt;so&lt;/b&gt; &amp;amp; &lt;<a href="https://a.example">https://a.example</a>&gt;</p>',
  )
  expect(shown('<script>alert(1)</script>')).not.toContain('<script')
})

test('a mention is one piece, counted in UTF-16 units: marks inside it are text, marks around it are not', () => {
  expect(shown('👋 **@Bob** hi', [mention(5, 4)])).toBe(
    '<p>👋 <strong><span class="mention">@Bob</span></strong> hi</p>',
  )
  expect(shown('@*so* hi', [mention(0, 5)])).toBe('<p><span class="mention">@*so*</span> hi</p>')
})

test('mentions that overlap say nothing twice, and nobody makes one by writing the mark of one', () => {
  expect(shown('@Bobby!', [mention(2, 4), mention(0, 4)])).toBe('<p><span class="mention">@Bob</span>by!</p>')
  expect(shown('@Bob \uE0000\uE001', [mention(0, 4)])).toBe('<p><span class="mention">@Bob</span> \uFFFD0\uE001</p>')
})
