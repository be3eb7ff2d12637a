/** A tenant with six users and a conversation of each kind, and a client for each of them. */
import { raisedRates } from '../../scripts/raised-rates.ts'
import type { App } from '../../src/app.ts'
import type { Breakage } from './breakage.ts'
import { type Client, createClient } from './client.ts'
import { type Connection, connect } from './connection.ts'
import { data } from './fresh-read.ts'
import { USERS } from './operation.ts'
import { placesOf } from './places.ts'
import type { Person, World } from './world.ts'

export interface Stage extends AsyncDisposable {
  tenantId: string
  world: World
  /** One a user, in their order. */
  clients: Client[]
}

/** The first ones listen before anything is there; the others begin when the history says so. */
const LISTEN_FROM_THE_BEGINNING = 4

let tenants = 0

export async function setStage(
  { url, db, parts }: App,
  { close, breakage }: { close: number; breakage: Breakage | null },
): Promise<Stage> {
  const slug = `histories-${process.pid}-${++tenants}`
  const tenantId = await parts.tenants.create({
    slug,
    name: slug,
    limits: { socketsPerUser: 100, operationsPerSecond: 10_000, ...raisedRates() },
  })
  const backEnd = await connect(url, await parts.serverKeys.create(tenantId, 'histories'))
  const users = await Promise.all(Array.from({ length: USERS }, (_, n) => arrive({ url, backEnd, n })))
  const clients = users.map((person, n) =>
    createClient(person, { url, isClose: n === close, breakage, places: () => placesOf(db, person) }),
  )
  for (const client of clients.slice(0, LISTEN_FROM_THE_BEGINNING)) await client.listen()
  return {
    tenantId,
    world: { users, backEnd, conversations: await beginAll(users), messages: [], invites: [] },
    clients,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.cut()
      for (const { cut } of [backEnd, ...users.map(({ connection }) => connection)]) cut()
    },
  }
}

async function arrive({ url, backEnd, n }: { url: string; backEnd: Connection; n: number }): Promise<Person> {
  const externalId = `user ${n}`
  type Arrived = { upsertUsers: { users: { id: string }[] }; createToken: { token: string } }
  const { upsertUsers, createToken } = await data<Arrived>(
    backEnd,
    `mutation ($users: UpsertUsersInput!, $token: CreateTokenInput!) {
      upsertUsers(input: $users) { ... on UpsertUsersPayload { users { id } } }
      createToken(input: $token) { ... on CreateTokenPayload { token } }
    }`,
    { users: { users: [{ externalId, name: externalId }] }, token: { externalId, ttlSeconds: 3_600 } },
  )
  const { token } = createToken
  return { n, id: upsertUsers.users[0]?.id ?? '', token, connection: await connect(url, token) }
}

const BEGUN = [
  { kind: 'GROUP', history: 'ALL', title: 'a group', members: [1, 2, 3, 4] },
  { kind: 'GROUP', history: 'FROM_JOIN', title: 'a group from joining on', members: [1, 2, 5] },
  { kind: 'CHANNEL', history: 'ALL', visibility: 'PUBLIC', title: 'a channel', members: [1, 2, 3, 4, 5] },
  { kind: 'CHANNEL', history: 'FROM_JOIN', visibility: 'PRIVATE', title: 'a private channel', members: [2, 3] },
  { kind: 'BROADCAST', history: 'ALL', title: 'a broadcast', members: [1, 3, 5] },
]

async function beginAll(users: Person[]): Promise<string[]> {
  const [owner, other] = users as [Person, Person]
  const begun: string[] = []
  for (const { members, ...details } of BEGUN) {
    const input = { ...details, memberIds: members.map((n) => users[n]?.id) }
    const asked = `mutation ($input: CreateConversationInput!) { created: createConversation(input: $input) { ... on CreateConversationPayload { conversation { id } } } }`
    begun.push((await data<Begun>(owner.connection, asked, { input })).created.conversation.id)
  }
  const direct = `mutation ($input: OpenDirectConversationInput!) { created: openDirectConversation(input: $input) { ... on OpenDirectConversationPayload { conversation { id } } } }`
  begun.push((await data<Begun>(owner.connection, direct, { input: { userId: other.id } })).created.conversation.id)
  return begun
}

type Begun = { created: { conversation: { id: string } } }
