/** Before the flood: twenty users whom the customer has known for years, their conversations, and fifty tokens of accounts that nobody has seen. */
import { ask, payloadOf, type Refusal } from '../lib/api.ts'
import { CannotRun } from '../lib/outcome.ts'
import { CREATE_CONVERSATION, CREATE_TOKEN, UPSERT_USERS } from './documents.ts'
import type { Target } from './strategies.ts'

export interface Stage {
  /** Of the real users. */
  tokens: string[]
  /** In which they chat: open to all, and among themselves. */
  conversations: [string, ...string[]]
  /** Of those who flood. */
  floodTokens: string[]
  target: Target
}

const REAL = 20
const FLOODERS = 50
const CHANNELS = 4
const KNOWN_SINCE = '2024-01-01T00:00:00.000Z'
const TOKEN_SECONDS = 86_400

const FLOODER = 'flooder '
export const isFlooder = (externalId: string): boolean => externalId.startsWith(FLOODER)

export async function setStage({ url, key }: { url: string; key: string }): Promise<Stage> {
  async function mutate<Payload extends object>(bearer: string, mutation: string, input: object): Promise<Payload> {
    return payloadOf<Payload>((await ask<{ result: Payload | Refusal }>({ url, bearer }, mutation, { input })).result)
  }
  const tokenFor = async (externalId: string) =>
    (await mutate<{ token: string }>(key, CREATE_TOKEN, { externalId, ttlSeconds: TOKEN_SECONDS })).token

  try {
    const names = Array.from({ length: REAL }, (_, n) => `real ${n + 1}`)
    const users = names.map((name) => ({ externalId: name, name, knownSince: KNOWN_SINCE }))
    const upserted = await mutate<{ users: { id: string }[] }>(key, UPSERT_USERS, { users })
    const ids = upserted.users.map(({ id }) => id)
    const tokens = await Promise.all(names.map(tokenFor))
    const [host = ''] = tokens
    const begin = async (input: object) =>
      (await mutate<{ conversation: { id: string } }>(host, CREATE_CONVERSATION, { ...input, memberIds: ids }))
        .conversation.id
    const channels: string[] = []
    for (let n = 1; n <= CHANNELS; n++)
      channels.push(await begin({ kind: 'CHANNEL', title: `Channel ${n}`, visibility: 'PUBLIC' }))
    const group = await begin({ kind: 'GROUP', title: 'Among ourselves' })
    const floodTokens = await Promise.all(Array.from({ length: FLOODERS }, (_, n) => tokenFor(`${FLOODER}${n + 1}`)))
    return {
      tokens,
      conversations: [group, ...channels],
      floodTokens,
      target: { channels: channels as [string, ...string[]], strangers: ids as [string, ...string[]] },
    }
  } catch (error) {
    throw new CannotRun(`the tenant could not be set up at ${url}: ${(error as Error).message}`)
  }
}
