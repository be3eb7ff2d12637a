/** Real users, who chat as people do: a message a second each, into conversations that they share, while all of them listen. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { connectWhenAdmitted } from '../lib/admitted.ts'
import type { Refusal } from '../lib/api.ts'
import type { Connection } from '../lib/connection.ts'
import type { Random } from '../lib/random.ts'
import { FEED, SEND } from './documents.ts'
import { sentence } from './texts.ts'

export interface Chatted {
  /** From the sending to the answer. */
  latenciesMs: number[]
  refusals: string[]
}

export interface Crowd {
  /** For so many seconds. */
  chat(seconds: number): Promise<Chatted>
  /** Ids of what these have done and at least one of the crowd has heard. */
  heardOf(isHis: (externalId: string) => boolean): number
  close(): Promise<void>
}

interface Heard {
  __typename: string
  id?: string
  actor?: { externalId: string } | null
  /** Of MemberJoined. */
  user?: { externalId: string }
}

/** What a flooder does that others hear of. */
const TOLD = ['MessageSent', 'ReactionAdded', 'MemberJoined']

interface Member {
  connection: Connection
  random: Random
}

const EVERY_MS = 1_000

export async function openCrowd(
  {
    url,
    tokens,
    conversations,
  }: { url: string; tokens: readonly string[]; conversations: readonly [string, ...string[]] },
  randomOf: (member: number) => Random,
): Promise<Crowd> {
  const heard = new Map<string, string>()
  const onFrame = (text: string): void => {
    const { payload } = JSON.parse(text) as { payload?: { data?: { event?: Heard | null } } }
    const { __typename = '', id, actor, user } = payload?.data?.event ?? {}
    // Who opens a conversation makes others join, too: that is one thing that he did.
    const isOwn = user === undefined || user.externalId === actor?.externalId
    if (id && actor && isOwn && TOLD.includes(__typename)) heard.set(id, actor.externalId)
  }
  const members: Member[] = await Promise.all(
    tokens.map(async (token, index) => {
      const connection = await connectWhenAdmitted({ url, token, onFrame })
      connection.subscribe(FEED, {})
      return { connection, random: randomOf(index) }
    }),
  )

  async function chat(seconds: number): Promise<Chatted> {
    const chatted: Chatted = { latenciesMs: [], refusals: [] }
    const until = performance.now() + seconds * 1_000
    await Promise.all(
      members.map(async (member, index) => {
        await delay((index * EVERY_MS) / members.length) // not all at the same moment
        while (performance.now() < until) {
          await Promise.all([say(member, chatted), delay(EVERY_MS)])
        }
      }),
    )
    return chatted
  }

  async function say({ connection, random }: Member, { latenciesMs, refusals }: Chatted): Promise<void> {
    const input = { conversationId: random.pick(conversations), text: sentence(random), clientMessageId: randomUUID() }
    const start = performance.now()
    await connection.execute<{ result: object | Refusal }>(SEND, { input }).then(
      ({ result }) => {
        latenciesMs.push(performance.now() - start)
        if ('code' in result) refusals.push(`${(result as Refusal).code}: ${(result as Refusal).explanation}`)
      },
      (error: Error) => refusals.push(error.message),
    )
  }

  return {
    chat,
    heardOf: (isHis) => [...heard.values()].filter(isHis).length,
    async close() {
      await Promise.all(members.map(({ connection }) => connection.flushed()))
      for (const { connection } of members) connection.close()
    },
  }
}
