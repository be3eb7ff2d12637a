/** Before the play: all authors and readers become users of one conversation, by the server key alone. */
import { randomBytes } from 'node:crypto'
import { ask, payloadOf, type Refusal } from '../lib/api.ts'
import { CannotRun } from '../lib/outcome.ts'
import { ADD_MEMBERS, CREATE_CONVERSATION, CREATE_TOKEN, LIMITS, UPSERT_USERS } from './documents.ts'

export interface Stage {
  url: string
  conversationId: string
  limits: Record<string, number>
  /** Of an author or reader, by name. */
  tokenFor(name: string): Promise<string>
}

const TOKEN_SECONDS = 86_400
export const HOST = '(host)'

export async function setStage(server: { url: string; key: string }, names: readonly string[]): Promise<Stage> {
  const { url } = server
  const run = randomBytes(6).toString('hex') // the tenant may hold users of other runs
  const externalIdOf = (name: string) => `${run}:${name}`

  async function mutate<Payload extends object>(bearer: string, mutation: string, input: object): Promise<Payload> {
    const { result } = await ask<{ result: Payload | Refusal }>({ url, bearer }, mutation, { input })
    return payloadOf<Payload>(result)
  }
  async function tokenFor(name: string): Promise<string> {
    const input = { externalId: externalIdOf(name), ttlSeconds: TOKEN_SECONDS }
    return (await mutate<{ token: string }>(server.key, CREATE_TOKEN, input)).token
  }

  try {
    const { limits } = await ask<{ limits: Stage['limits'] }>({ url, bearer: server.key }, LIMITS)
    const { usersPerUpsert = 1, membersPerCall = 1 } = limits
    const members: string[] = []
    for (const some of inParts([HOST, ...names], usersPerUpsert)) {
      const users = some.map((name) => ({ externalId: externalIdOf(name), name }))
      const upserted = await mutate<{ users: { id: string }[] }>(server.key, UPSERT_USERS, { users })
      members.push(...upserted.users.map(({ id }) => id))
    }
    const host = await tokenFor(HOST)
    const [first = [], ...rest] = inParts(members.slice(1), membersPerCall)
    const { conversation } = await mutate<{ conversation: { id: string } }>(host, CREATE_CONVERSATION, {
      kind: 'GROUP',
      title: 'Replay',
      memberIds: first,
    })
    for (const userIds of rest) await mutate(host, ADD_MEMBERS, { conversationId: conversation.id, userIds })
    return { url, conversationId: conversation.id, limits, tokenFor }
  } catch (error) {
    const { message, cause } = error as Error // of fetch, the cause is what tells
    throw new CannotRun(`the conversation could not be set up at ${url}: ${message}${cause ? ` (${cause})` : ''}`)
  }
}

function inParts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size))
}
