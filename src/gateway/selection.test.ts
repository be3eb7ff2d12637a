import { buildSchema, type ExecutionArgs, parse } from 'graphql'
import { expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { groupKey } from './selection.ts'

const schema = buildSchema(/* GraphQL */ `
  scalar NonNegativeInt
  interface Event { seq: Int }
  type Said implements Event { seq: Int message: Message }
  type Reacted implements Event { seq: Int message: Message mine: Boolean }
  union Any = Said | Reacted
  type Message { text(after: String): String own: Boolean reply: Message }
  type Query { any: Any }
  type Subscription { events(id: ID!, after: String, afterSeq: NonNegativeInt): Event any(after: String): Any }
`)
for (const [type, field] of [
  ['Message', 'own'],
  ['Reacted', 'mine'],
] as const) {
  const named = schema.getType(type)
  if (named && 'getFields' in named) Object.assign(named.getFields()[field]?.extensions ?? {}, { viewer: true })
}

const user = (userId: string, tenantId = 't') => ({ tenantId, caller: { kind: 'USER', userId } }) as unknown as Context

function keyOf(text: string, { variables = {}, context = user('u'), operationName }: Asked = {}) {
  const args: ExecutionArgs = {
    schema,
    document: parse(text),
    variableValues: variables,
    operationName: operationName ?? null,
  }
  return groupKey(args, context)
}
interface Asked {
  variables?: Record<string, unknown>
  context?: Context
  operationName?: string
}

const PLAIN = 'subscription { events(id: 1) { seq ... on Said { message { text } } } }'

test.for([
  ['a field', 'subscription { events(id: 1) { ... on Said { message { own } } } }'],
  ['an alias', 'subscription { events(id: 1) { ... on Said { message { text: own } } } }'],
  ['a fragment', 'subscription { events(id: 1) { ...F } } fragment F on Said { message { own } }'],
  [
    'fragments in fragments',
    'subscription { events(id: 1) { ...A } } fragment A on Said { message { ...B } } fragment B on Message { reply { own } }',
  ],
  ['a type behind an interface', 'subscription { events(id: 1) { ... on Reacted { mine } } }'],
  ['a type of a union', 'subscription { any { ... on Said { message { reply { own } } } } }'],
  ['@include', 'subscription ($on: Boolean!) { events(id: 1) { ... on Said { message { own @include(if: $on) } } } }'],
  [
    '@skip on a fragment',
    'subscription ($on: Boolean!) { events(id: 1) { ... on Said @skip(if: $on) { message { own } } } }',
  ],
])('a viewer’s field is found under %s, and each viewer is alone', ([, text]) => {
  const variables = text?.includes('$on') ? { on: true } : {}
  const [one, other] = ['one', 'other'].map((name) => keyOf(text ?? '', { variables, context: user(name) }))
  expect(one?.dependsOnViewer).toBe(true)
  expect(one?.key).not.toBe(other?.key)
})

test('who asks the same without one shares, whoever he is, in his tenant alone', () => {
  const [one, other, elsewhere] = [user('one'), user('other'), user('one', 'elsewhere')].map((context) =>
    keyOf(PLAIN, { context }),
  )
  expect(one?.dependsOnViewer).toBe(false)
  expect(one?.key).toBe(other?.key)
  expect(one?.key).not.toBe(elsewhere?.key)
})

test('where one begins is not what one is given: readers from everywhere share', () => {
  const text =
    'subscription ($id: ID!, $a: String, $s: NonNegativeInt) { events(id: $id, after: $a, afterSeq: $s) { seq } }'
  const keys = [{ id: '1' }, { id: '1', a: 'cursor' }, { id: '1', a: 'another', s: 5 }].map(
    (variables) => keyOf(text, { variables }).key,
  )
  expect(new Set(keys).size).toBe(1)
  expect(keyOf(text, { variables: { id: '2' } }).key).not.toBe(keys[0])
})

test('an `after` that is none of the root’s is part of the question, also in a fragment before the operation', () => {
  const text = 'fragment F on Said { message { text(after: $x) } } subscription ($x: String) { events(id: 1) { ...F } }'
  expect(keyOf(text, { variables: { x: 'a' } }).key).not.toBe(keyOf(text, { variables: { x: 'b' } }).key)
  const both = 'subscription ($x: String) { events(id: 1, after: $x) { ... on Said { message { text(after: $x) } } } }'
  expect(keyOf(both, { variables: { x: 'a' } }).key).not.toBe(keyOf(both, { variables: { x: 'b' } }).key)
})

test('of two operations in a document the one that is named counts', () => {
  const text = 'subscription A { events(id: 1) { seq } } subscription B { events(id: 2) { seq } }'
  expect(keyOf(text, { operationName: 'A' }).key).not.toBe(keyOf(text, { operationName: 'B' }).key)
})

test('variables count as they are understood, not as they are written', () => {
  const text = 'subscription ($id: ID!) { events(id: $id) { seq } }'
  expect(keyOf(text, { variables: { id: 1 } }).key).toBe(keyOf(text, { variables: { id: '1' } }).key)
})
