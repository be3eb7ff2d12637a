/** Before the play: all authors and readers become users of one conversation, by the server key alone. One user waits outside. */
import { randomBytes } from 'node:crypto'
import { ask, type Refusal, whenAllowed } from '../lib/api.ts'
import { type Lives, survive } from '../lib/lives.ts'
import { CannotRun } from '../lib/outcome.ts'
import { ADD_MEMBERS, CREATE_CONVERSATION, CREATE_TOKEN, LIMITS, PIN, UPSERT_USERS } from './documents.ts'

export interface Stage {
  url: string
  /** Of the server there. */
  lives: Lives
  conversationId: string
  limits: Record<string, number>
  /** Of an author or reader, by name. */
  tokenFor(name: string): Promise<string>
  /** From now on a member, too, who sees nothing from before. */
  addLate(): Promise<void>
  /** By the host. */
  pin(messageId: string): Promise<void>
}

const TOKEN_SECONDS = 86_400
/** Nobody of them is a new account: the customer brings them along. */
const KNOWN_SINCE = '2024-01-01T00:00:00.000Z'
export const HOST = '(host)'
/** Who joins in the middle. */
export const LATE = '(late reader)'

interface Server {
  url: string
  key: string
  lives: Lives
}

export async function setStage(server: Server, names: readonly string[]): Promise<Stage> {
  const { url, lives } = server
  const run = randomBytes(6).toString('hex') // the tenant may hold users of other runs
  const externalIdOf = (name: string) => `${run}:${name}`

  async function mutate<Payload extends object>(bearer: string, mutation: string, input: object): Promise<Payload> {
    type Data = { result: Payload | Refusal }
    return whenAllowed<Payload>(
      async () => (await survive(lives, () => ask<Data>({ url, bearer }, mutation, { input }))).result,
    )
  }
  async function tokenFor(name: string): Promise<string> {
    const input = { externalId: externalIdOf(name), ttlSeconds: TOKEN_SECONDS }
    return (await mutate<{ token: string }>(server.key, CREATE_TOKEN, input)).token
  }

  try {
    const { limits } = await ask<{ limits: Stage['limits'] }>({ url, bearer: server.key }, LIMITS)
    const { usersPerUpsert = 1, membersPerCall = 1 } = limits
    const users: string[] = []
    for (const some of inParts([HOST, LATE, ...names], usersPerUpsert)) {
      const given = some.map((name) => ({ externalId: externalIdOf(name), name, knownSince: KNOWN_SINCE }))
      const upserted = await mutate<{ users: { id: string }[] }>(server.key, UPSERT_USERS, { users: given })
      users.push(...upserted.users.map(({ id }) => id))
    }
    const host = await tokenFor(HOST)
    const [, late = '', ...members] = users
    const [first = [], ...rest] = inParts(members, membersPerCall)
    const { conversation } = await mutate<{ conversation: { id: string } }>(host, CREATE_CONVERSATION, {
      kind: 'GROUP',
      title: 'Replay',
      memberIds: first,
      history: 'FROM_JOIN', // to all of them the same, since they are there before anything is said
    })
    // Under a name of its own each is done once, even if it is asked again after a restart.
    const add = (userIds: string[]) =>
      mutate(host, ADD_MEMBERS, {
        conversationId: conversation.id,
        userIds,
        clientMutationId: `${run}:add:${userIds[0]}`,
      })
    for (const userIds of rest) await add(userIds)
    return {
      url,
      lives,
      conversationId: conversation.id,
      limits,
      tokenFor,
      addLate: async () => void (await add([late])),
      pin: async (messageId) =>
        void (await mutate(host, PIN, { messageId, clientMutationId: `${run}:pin:${messageId}` })),
    }
  } catch (error) {
    const { message, cause } = error as Error // of fetch, the cause is what tells
    throw new CannotRun(`the conversation could not be set up at ${url}: ${message}${cause ? ` (${cause})` : ''}`)
  }
}

function inParts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size))
}
