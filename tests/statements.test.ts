/** No list reads row by row: 20 rows of it take as many SQL statements as 2, whatever is asked of each. Found by walking the schema. */
import { type GraphQLObjectType, isListType, isNonNullType } from 'graphql'
import { describe, expect } from 'vitest'
import type { Context } from '../src/context.ts'
import { schema as served } from '../src/schema/index.ts'
import type { Actor } from './support/actor.ts'
import { type ConnectionField, connectionFields, pageQuery } from './support/connections.ts'
import { type Crowd, gatherCrowd } from './support/crowd.ts'
import { LARGE_DOCUMENTS } from './support/large-documents.ts'
import { schema } from './support/printed-schema.ts'
import { deep, listsOf, onEachOf } from './support/selection.ts'
import { countStatements, difference, statementsOf } from './support/statements.ts'
import { testWith } from './support/test-app.ts'

countStatements()

const test = testWith(LARGE_DOCUMENTS).extend('crowd', async ({ tenant, alice }) => gatherCrowd(tenant, alice))
const [FEW, MANY] = [2, 20]
/** On PostgreSQL answers come at different moments, and a loader may ask once or twice more; one statement a row would be 18. */
const A_FEW = 6

const queryType = schema.getQueryType() as GraphQLObjectType
const byIds = Object.values(queryType.getFields())
  .filter(({ args }) => args.length) // without any it is a table of ours, of which nothing is read
  .filter(({ type }) => isListType(isNonNullType(type) ? type.ofType : type))
  .map(({ name }) => name)

const onEach = onEachOf(
  ['Conversation', 'Message', 'User'].map((name) => schema.getType(name)!),
  2,
)
/** What each field that answers a list of its own, without pages, is asked for `count` rows. */
const BY_IDS: Record<string, (crowd: Crowd, count: number) => string> = {
  nodes: ({ many: { Conversation = [], Message = [], User = [] } }, count) =>
    `{ nodes(ids: ${listed([Conversation, Message, User].flatMap((ids) => ids.slice(0, count)))}) { ${onEach} } }`,
  knownEvents: ({ many: { Event = [] } }, count) => `{ knownEvents(ids: ${listed(Event.slice(0, count))}) }`,
}
const listed = (ids: readonly string[]) => JSON.stringify(ids)

async function statements(actor: Actor, query: string): Promise<string[]> {
  return statementsOf(() => actor.ask(query))
}

async function ofPage(actor: Actor, list: ConnectionField, crowd: Crowd, rows: number, selection: string) {
  const edges = `edges { row: cursor node { ${selection} } }`
  const query = pageQuery(list, { paging: `first: ${rows}`, selection: edges, ids: crowd.ids })
  return statementsOf(async () => {
    const count = JSON.stringify(await actor.ask(query)).split('"row":').length - 1
    if (count !== rows) throw new Error(`${list.name} has ${count} rows: make ${MANY} in tests/support/crowd.ts`)
  })
}

describe('is as many for 20 rows as for 2:', () => {
  test('what a page takes, with all that hangs on each row', async ({ alice, crowd }) => {
    for (const list of connectionFields()) {
      const few = await ofPage(alice, list, crowd, FEW, deep(list.node, 2))
      const many = await ofPage(alice, list, crowd, MANY, deep(list.node, 2))
      expect(few.length, list.name).toBeGreaterThan(0)
      expect(many.length - few.length, `${list.name}:\n${difference(few, many)}`).toBeLessThan(A_FEW)
    }
  })

  test('what is read by ids', async ({ alice, crowd }) => {
    expect(byIds.sort()).toEqual(Object.keys(BY_IDS).sort())
    for (const [name, query] of Object.entries(BY_IDS)) {
      const [few, many] = [await statements(alice, query(crowd, FEW)), await statements(alice, query(crowd, MANY))]
      expect(few.length, name).toBeGreaterThan(0)
      expect(many.length - few.length, `${name}:\n${difference(few, many)}`).toBeLessThan(A_FEW)
    }
  })
})

/**
 * Each row has a page of its own there, so this is not one statement for all. On PostgreSQL the pages come at different moments, and a
 * loader may ask once or twice more for what hangs on them: therefore less than two, and not one.
 */
test('a list on each row of a list takes less than two statements a row', async ({ alice, crowd }) => {
  for (const list of connectionFields()) {
    for (const inner of listsOf(list.node)) {
      // To nobody: a direct conversation has no managers.
      if (list.name === 'Query.contactRequests' && ['invites', 'restrictions'].includes(inner.name)) continue
      const few = await ofPage(alice, list, crowd, FEW, inner.selection)
      const many = await ofPage(alice, list, crowd, MANY, inner.selection)
      const name = `${list.name} with ${inner.name}`
      const lists = inner.name === 'timeline' ? 2 : 1 // in one
      // Each request is of somebody else, who is looked up, with whether he is blocked, when the row's page comes.
      const ofItsOwn = list.name === 'Query.contactRequests' ? 2 : 0
      const most = (2 * lists + ofItsOwn) * (MANY - FEW)
      expect(many.length - few.length, `${name}:\n${difference(few, many)}`).toBeLessThan(most)
    }
  }
})

test('a field that asks the database for each row is found', async ({ alice, crowd }) => {
  const field = (served.getType('User') as GraphQLObjectType).getFields().name!
  const { resolve } = field
  const list = connectionFields().find(({ name }) => name === 'Query.users')!
  const counts = async () => {
    const few = await ofPage(alice, list, crowd, FEW, deep(list.node, 2))
    return (await ofPage(alice, list, crowd, MANY, deep(list.node, 2))).length - few.length
  }
  field.resolve = async ({ name }: { name: string }, _args, { parts, tenantId }: Context) =>
    (await parts.users.page(tenantId, { prefix: name, after: null, limit: 1 }))[0]?.name
  try {
    expect(await counts()).toBe(MANY - FEW)
  } finally {
    field.resolve = resolve
  }
  expect(await counts()).toBe(0)
})
