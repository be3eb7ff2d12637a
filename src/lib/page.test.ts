import { expect, test } from 'vitest'
import { connection, type PageArgs, pageCursors, pageSize } from './page.ts'
import { createSeal } from './seal.ts'

function thrownBy(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

test.each<[PageArgs, ReturnType<typeof pageSize>]>([
  [{}, { limit: 50, from: 'last' }],
  [
    { first: null, last: null },
    { limit: 50, from: 'last' },
  ],
  [{ first: 0 }, { limit: 0, from: 'first' }],
  [
    { first: 100, last: null },
    { limit: 100, from: 'first' },
  ],
  [{ last: 7 }, { limit: 7, from: 'last' }],
])('%j asks for %j', (args, expected) => {
  expect(pageSize(args, 100, 'last')).toEqual(expected)
})

test.each<[PageArgs, object]>([
  [
    { first: 1, last: 1 },
    { code: 'INVALID_INPUT', details: { path: 'first' } },
  ],
  [{ first: -1 }, { code: 'INVALID_INPUT', details: { path: 'first' } }],
  [{ last: -1 }, { code: 'INVALID_INPUT', details: { path: 'last' } }],
  [{ first: 101 }, { code: 'LIMIT_EXCEEDED', details: { path: 'first', limit: 'pageSize', max: 100 } }],
  [{ last: 101 }, { code: 'LIMIT_EXCEEDED', details: { path: 'last', limit: 'pageSize', max: 100 } }],
])('%j is refused, naming the argument', (args, expected) => {
  expect(thrownBy(() => pageSize(args, 100, 'last'))).toMatchObject(expected)
})

const seal = createSeal('a key of tests, long enough for all')

test('a cursor leads back to its place in its own list', () => {
  const { encode, decode } = pageCursors(seal, 'members of a')
  for (const place of ['', '7', 'a place\nof two lines', 'ä']) expect(decode(encode(place), 'after')).toBe(place)
  expect([decode(null, 'after'), decode(undefined, 'before')]).toEqual([null, null])
})

test('a cursor of another list or another server, or none at all, is refused, naming the argument', () => {
  const own = pageCursors(seal, 'members of a')
  const strangers = [
    pageCursors(seal, 'members of ab').encode('7'),
    pageCursors(seal, 'members of').encode(' a\n7'),
    pageCursors(createSeal('another key of tests, as long as that'), 'members of a').encode('7'),
    '',
    'members of a\n7',
  ]
  for (const cursor of strangers) {
    expect(thrownBy(() => own.decode(cursor, 'before'))).toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'before' },
    })
  }
})

test('a page tells the cursors of its ends, and an empty one none', () => {
  const more = { hasNextPage: true, hasPreviousPage: false }
  const cursorOf = (node: string) => `cursor of ${node}`
  expect(structuredClone(connection(['a', 'b', 'c'], cursorOf, more))).toEqual({
    edges: ['a', 'b', 'c'].map((node) => ({ node, cursor: `cursor of ${node}` })),
    pageInfo: { ...more, startCursor: 'cursor of a', endCursor: 'cursor of c' },
  })
  expect(structuredClone(connection([], cursorOf, more))).toEqual({
    edges: [],
    pageInfo: { ...more, startCursor: null, endCursor: null },
  })
})

test('a cursor is made only when it is read', () => {
  const made: string[] = []
  const page = connection(['a', 'b'], (node) => `${made.push(node)}`, { hasNextPage: false, hasPreviousPage: false })
  expect(page.edges.map(({ node }) => node)).toEqual(['a', 'b'])
  expect(made).toEqual([])
  expect(page.pageInfo.endCursor).toBe('1')
  expect(made).toEqual(['b'])
})
