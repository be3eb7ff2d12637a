import { describe, expect } from 'vitest'
import type { Actor, Refusal } from './support/actor.ts'
import { CONVERSATION, HISTORY } from './support/documents.ts'
import type { HistoryQueryVariables } from './support/generated/graphql.ts'
import { test as base } from './support/test-app.ts'

/** Ten messages of seq 3 to 12 in a conversation of alice and bob. */
const test = base.extend('conversation', async ({ tenant, alice, bob }) => {
  const id = await alice.begin([bob])
  await tenant.fill(id, alice, 10)
  return id
})

const FIRST_SEQ = 3
const LAST_SEQ = 12

type Window = Omit<HistoryQueryVariables, 'id'>

async function page(actor: Actor, id: string, window: Window = {}) {
  const { edges, pageInfo } = await actor.history(id, window)
  const cursorOf = (seq: number) => edges.find(({ node }) => node.seq === seq)?.cursor ?? ''
  const { hasPreviousPage, hasNextPage } = pageInfo
  expect(pageInfo).toMatchObject({ startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null })
  return {
    seqs: edges.map(({ node }) => node.seq),
    hasPreviousPage,
    hasNextPage,
    cursorOf,
    ids: edges.map(({ node }) => node.id),
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

async function refusal(actor: Actor, id: string, window: Window): Promise<Refusal['extensions']> {
  const { data, errors } = await actor.answer(HISTORY, { id, ...window })
  expect(data?.conversation ?? null).toBeNull()
  expect(errors).toHaveLength(1)
  return errors[0]?.extensions
}

test('is given oldest first; without arguments the newest', async ({ tenant, alice, conversation }) => {
  expect(await page(alice, conversation)).toMatchObject({
    seqs: range(FIRST_SEQ, LAST_SEQ),
    hasPreviousPage: false,
    hasNextPage: false,
  })
  await tenant.fill(conversation, alice, 50)
  expect(await page(alice, conversation)).toMatchObject({
    seqs: range(13, 62),
    hasPreviousPage: true,
    hasNextPage: false,
  })
})

test('can be walked forwards', async ({ bob, conversation }) => {
  const first = await page(bob, conversation, { first: 4 })
  expect(first).toMatchObject({ seqs: range(3, 6), hasPreviousPage: false, hasNextPage: true })
  const second = await page(bob, conversation, { first: 4, after: first.cursorOf(6) })
  expect(second).toMatchObject({ seqs: range(7, 10), hasPreviousPage: true, hasNextPage: true })
  const third = await page(bob, conversation, { first: 4, after: second.cursorOf(10) })
  expect(third).toMatchObject({ seqs: range(11, 12), hasPreviousPage: true, hasNextPage: false })
  expect(await page(bob, conversation, { first: 4, after: third.cursorOf(12) })).toMatchObject({
    seqs: [],
    hasNextPage: false,
  })
})

test('can be walked backwards', async ({ bob, conversation }) => {
  const first = await page(bob, conversation, { last: 4 })
  expect(first).toMatchObject({ seqs: range(9, 12), hasPreviousPage: true, hasNextPage: false })
  const second = await page(bob, conversation, { last: 4, before: first.cursorOf(9) })
  expect(second).toMatchObject({ seqs: range(5, 8), hasPreviousPage: true, hasNextPage: true })
  const third = await page(bob, conversation, { last: 4, before: second.cursorOf(5) })
  expect(third).toMatchObject({ seqs: range(3, 4), hasPreviousPage: false, hasNextPage: true })
})

test('can be cut out between two cursors, from either end', async ({ bob, conversation }) => {
  const { cursorOf } = await page(bob, conversation)
  const between = { after: cursorOf(5), before: cursorOf(11) }
  expect((await page(bob, conversation, between)).seqs).toEqual(range(6, 10))
  expect((await page(bob, conversation, { ...between, first: 2 })).seqs).toEqual([6, 7])
  expect((await page(bob, conversation, { ...between, last: 2 })).seqs).toEqual([9, 10])
  expect((await page(bob, conversation, { after: cursorOf(11), before: cursorOf(5) })).seqs).toEqual([])
})

test('a cursor stays good while new messages come', async ({ alice, bob, conversation }) => {
  const { cursorOf } = await page(bob, conversation, { last: 1 })
  await alice.sendMany(conversation, 3)
  expect(await page(bob, conversation, { first: 10, after: cursorOf(LAST_SEQ) })).toMatchObject({ seqs: range(13, 15) })
})

test('around a message gives it in the middle of its page', async ({ bob, conversation }) => {
  const all = await page(bob, conversation)
  const around = (seq: number, size?: number) =>
    page(bob, conversation, { around: all.ids[seq - FIRST_SEQ], ...(size !== undefined && { first: size }) })
  expect(await around(7, 5)).toMatchObject({ seqs: range(5, 9), hasPreviousPage: true, hasNextPage: true })
  expect(await around(3, 5)).toMatchObject({ seqs: range(3, 7), hasPreviousPage: false, hasNextPage: true })
  expect(await around(12, 5)).toMatchObject({ seqs: range(10, 12), hasPreviousPage: true, hasNextPage: false })
  expect(await around(7, 1)).toMatchObject({ seqs: [7], hasPreviousPage: true, hasNextPage: true })
  expect((await around(7)).seqs).toEqual(range(3, 12))
})

test('of nothing is an empty page', async ({ alice, bob }) => {
  const empty = await alice.begin([bob])
  expect(await page(bob, empty)).toMatchObject({ seqs: [], hasPreviousPage: false, hasNextPage: false })
})

test('no nodes at all may be asked for', async ({ alice, conversation }) => {
  expect(await page(alice, conversation, { first: 0 })).toMatchObject({ seqs: [], hasNextPage: true })
  expect(await page(alice, conversation, { last: 0 })).toMatchObject({ seqs: [], hasPreviousPage: true })
})

test('a page has at most 100 nodes', async ({ tenant, alice, conversation }) => {
  await tenant.fill(conversation, alice, 95)
  expect((await page(alice, conversation, { first: 100 })).seqs).toEqual(range(3, 102))
  const tooMany = { code: 'LIMIT_EXCEEDED', limit: 'pageSize', max: 100 }
  expect(await refusal(alice, conversation, { first: 101 })).toMatchObject({ ...tooMany, path: 'first' })
  expect(await refusal(alice, conversation, { last: 2_147_483_647 })).toMatchObject({ ...tooMany, path: 'last' })
})

describe('refuses, naming the argument:', () => {
  test('sizes that make no sense', async ({ alice, conversation }) => {
    expect(await refusal(alice, conversation, { first: -1 })).toMatchObject({ code: 'INVALID_INPUT', path: 'first' })
    expect(await refusal(alice, conversation, { last: -1 })).toMatchObject({ code: 'INVALID_INPUT', path: 'last' })
    expect(await refusal(alice, conversation, { first: 1, last: 1 })).toMatchObject({
      code: 'INVALID_INPUT',
      path: 'first',
    })
  })

  test('cursors of another list, of a subscription, and tampered with', async ({ alice, bob, conversation }) => {
    const other = await alice.begin([bob])
    await alice.send(other, 'elsewhere')
    const good = (await page(alice, conversation, { last: 1 })).cursorOf(LAST_SEQ)
    const cursors = {
      'of another conversation': (await alice.history(other)).pageInfo.endCursor,
      'of the list of members': await memberCursor(alice, conversation),
      'of conversationEvents': (await alice.listen(conversation)).cursor,
      'of a feed': (await alice.feed()).cursor,
      'with a byte changed': tampered(good),
      'with a byte more': `${good}A`,
      'with a byte less': good.slice(0, -1),
      'in other letters for the same bytes': `${good}=`,
      'that is empty': '',
      'that is no base64': 'ünsinn',
    }
    for (const [what, cursor] of Object.entries(cursors)) {
      for (const path of ['after', 'before'] as const)
        expect(await refusal(alice, conversation, { [path]: cursor }), `${path} ${what}`).toMatchObject({
          code: 'INVALID_INPUT',
          path,
        })
    }
  })

  test('around together with a cursor', async ({ alice, conversation }) => {
    const { ids, cursorOf } = await page(alice, conversation)
    expect(await refusal(alice, conversation, { around: ids[0], after: cursorOf(5) })).toMatchObject({
      code: 'INVALID_INPUT',
      path: 'around',
    })
  })
})

async function memberCursor(actor: Actor, id: string): Promise<string> {
  const members = 'query ($id: ID!) { conversation(id: $id) { members(first: 1) { pageInfo { endCursor } } } }'
  const { conversation } = await actor.ask<{ conversation: { members: { pageInfo: { endCursor: string } } } }>(
    members,
    { id },
  )
  return conversation.members.pageInfo.endCursor
}

/** One bit of the payload is another, all else is as it was. */
function tampered(cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url')
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
  return bytes.toString('base64url')
}

test('is for members only, whatever the window', async ({ alice, mallory, conversation }) => {
  const { ids, cursorOf } = await page(alice, conversation)
  for (const window of [{}, { around: ids[0] }, { first: 1, after: cursorOf(5) }, { after: 'nonsense' }, { first: -1 }])
    expect(await mallory.answer(HISTORY, { id: conversation, ...window })).toMatchObject({
      data: { conversation: null },
      errors: [],
    })
  expect(await mallory.ask(CONVERSATION, { id: conversation })).toEqual({ conversation: null })
})
