import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { test } from './support/test-app.ts'

const UPSERT = `mutation ($users: [UserInput!]!) { upsertUsers(input: { users: $users }) {
  __typename
  ... on UpsertUsersPayload { users { externalId name avatarUrl role } }
  ... on ChatError { code }
  ... on InvalidInput { path }
  ... on LimitExceeded { limit max }
} }`

const upsert = async (backEnd: Actor, users: object[]) =>
  (await backEnd.ask<{ upsertUsers: unknown }>(UPSERT, { users })).upsertUsers

describe('a customer’s back end', () => {
  test('creates users and changes them; what it does not name stays', async ({ tenant: { backEnd } }) => {
    const avatarUrl = 'https://pictures.example/a.png'
    expect(
      await upsert(backEnd, [
        { externalId: 'b', name: 'B', role: 'MODERATOR' },
        { externalId: 'a', name: 'A', avatarUrl },
      ]),
    ).toEqual({
      __typename: 'UpsertUsersPayload',
      users: [
        { externalId: 'b', name: 'B', avatarUrl: null, role: 'MODERATOR' },
        { externalId: 'a', name: 'A', avatarUrl, role: 'USER' },
      ],
    })
    expect(
      await upsert(backEnd, [
        { externalId: 'a', name: 'Anna' },
        { externalId: 'b', name: 'Berta' },
      ]),
    ).toMatchObject({
      users: [
        { externalId: 'a', name: 'Anna' },
        { externalId: 'b', name: 'Berta', role: 'MODERATOR' },
      ],
    })
  })

  test('at the same time, with the same users in another order, is served each time', async ({
    tenant: { backEnd },
  }) => {
    const users = Array.from({ length: 20 }, (_, i) => ({ externalId: `u${i}`, name: `User ${i}` }))
    const answers = await Promise.all(
      [users, users.toReversed(), users, users.toReversed()].map((order) => upsert(backEnd, order)),
    )
    for (const answer of answers) expect(answer).toMatchObject({ __typename: 'UpsertUsersPayload' })
  })

  test('is told which user is not acceptable, and none of them is stored', async ({ tenant: { backEnd } }) => {
    const good = { externalId: 'good', name: 'Good' }
    const refused = async (bad: object, path: string) =>
      expect(await upsert(backEnd, [good, bad])).toMatchObject({ __typename: 'InvalidInput', path })
    for (const externalId of ['', ' ', 'a\0', '\ud800', 'x'.repeat(256)])
      await refused({ ...good, externalId }, 'input.users.externalId')
    for (const name of ['', '\t', 'a\0', '\ud800', 'x'.repeat(101), '\u200b\u3164'])
      await refused({ externalId: 'x', name }, 'input.users.name')
    await refused(good, 'input.users')
    expect(await backEnd.ask('{ users { edges { node { externalId } } } }')).toEqual({ users: { edges: [] } })
  })

  test('names them as it likes; what cannot be seen of a name is not stored', async ({ tenant: { backEnd } }) => {
    const users = [
      { externalId: 'a', name: ' \u202eAnna\u200b\n' },
      { externalId: 'b', name: `B${'\u0301'.repeat(60)}` },
    ]
    expect(await upsert(backEnd, users)).toMatchObject({
      users: [{ name: 'Anna' }, { name: 'B\u0301\u0301\u0301\u0301' }],
    })
  })

  test('names at most 1,000 at once, and none is none', async ({ tenant: { backEnd } }) => {
    const users = Array.from({ length: 1_001 }, (_, i) => ({ externalId: `${i}`, name: `${i}` }))
    expect(await upsert(backEnd, users)).toMatchObject({
      __typename: 'LimitExceeded',
      limit: 'usersPerUpsert',
      max: 1_000,
    })
    expect(await upsert(backEnd, [])).toEqual({ __typename: 'UpsertUsersPayload', users: [] })
  })
})

describe('users', () => {
  const NAMES = [
    'Ärger',
    'anna',
    'Anton',
    'Bob',
    '100 % sure',
    '100_percent',
    '\\back',
    'İzmir',
    'iz',
    'İstanbul',
    'ist',
  ]

  const named = async (viewer: Actor, variables: object) => {
    const query = `query ($query: String, $first: Int, $after: String) { users(query: $query, first: $first, after: $after) {
      edges { node { name } } pageInfo { hasNextPage endCursor } } }`
    type Page = {
      users: { edges: { node: { name: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
    }
    const { edges, pageInfo } = (await viewer.ask<Page>(query, variables)).users
    return { names: edges.map(({ node }) => node.name), ...pageInfo }
  }

  test('are found by how their name begins, whatever the case, and by nothing else', async ({ tenant, mallory }) => {
    await upsert(
      tenant.backEnd,
      NAMES.map((name, i) => ({ externalId: `${i}`, name })),
    )
    expect((await named(mallory, { query: 'AN' })).names).toEqual(['anna', 'Anton'])
    expect((await named(mallory, { query: 'är' })).names).toEqual(['Ärger'])
    expect((await named(mallory, { query: '100 %' })).names).toEqual(['100 % sure'])
    expect((await named(mallory, { query: '100_' })).names).toEqual(['100_percent'])
    expect((await named(mallory, { query: '\\' })).names).toEqual(['\\back'])
    for (const query of ['ob', '%', '_', 'x'.repeat(5_000), 'a\0', '\ud800'])
      expect((await named(mallory, { query })).names).toEqual([])
  })

  test('page by name, each once', async ({ tenant, mallory }) => {
    await upsert(
      tenant.backEnd,
      NAMES.map((name, i) => ({ externalId: `${i}`, name })),
    )
    const all = await named(mallory, {})
    const seen: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page = await named(mallory, { first: 1, after })
      seen.push(...page.names)
      after = page.endCursor
      more = page.hasNextPage
    }
    expect(seen).toEqual(all.names)
    expect(seen.toSorted()).toEqual([...NAMES, 'Mallory'].toSorted())
  })

  test('are asked for by exactly one of the two ids', async ({ mallory }) => {
    const invalid = { errors: [{ extensions: { code: 'INVALID_INPUT', path: 'id' } }] }
    expect(await mallory.answer('{ user { id } }')).toMatchObject(invalid)
    expect(await mallory.answer(`{ user(id: "${mallory.id}", externalId: "mallory") { id } }`)).toMatchObject(invalid)
    expect(await mallory.ask('{ user(externalId: "mallory") { id } }')).toEqual({ user: { id: mallory.id } })
  })
})
