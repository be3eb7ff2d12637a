/** Everything at once, at random: whatever callers do at the same time, the log and every answer are those of some order one after the other. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { environment } from '../../scripts/environment.ts'
import { type Call, ConversationModel, goOn, type Refusal } from '../../tests/support/append-model.ts'
import {
  beginGroup,
  draftOf,
  type LogFixture,
  logFaults,
  openLog,
  poisoned,
  storedOf,
} from '../../tests/support/log-fixture.ts'
import type { Bus } from '../bus/bus.ts'
import { memoryBus } from '../bus/memory.ts'
import { sqlState } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { ChatEvent } from '../events.ts'
import { newUuid } from '../lib/ids.ts'
import { createMetrics } from '../metrics.ts'
import type { MemberRole, Uuid } from '../model.ts'
import { type Append, createAppend, type MessageDraft } from './append.ts'
import type { Changes } from './membership-changes.ts'

/** More with `RUNS=500 npm test -- src/messages/append-random`. */
const RUNS = environment.runs ?? 8
/** For finding a small counterexample too. */
const PATIENCE_MS = 30_000 + RUNS * 3_000
const USERS = 5
/** Who is in each conversation at first; the last user is a stranger everywhere. */
const CONVERSATIONS = [[0, 1, 2], [0, 1], [3]]
const APPENDERS = 3

interface Send {
  kind: 'SEND'
  appender: number
  conversation: number
  author: number
  key: number
  text: 'one' | 'other' | 'NUL'
  replyTo: 'nothing' | 'its newest' | 'its oldest' | 'a foreign one' | 'an unknown one'
}

interface Change {
  kind: 'CHANGE'
  appender: number
  conversation: number
  actor: number
  actorRole: MemberRole | null
  changes: { change: 'JOINED' | 'LEFT'; user: number; role: MemberRole }[]
}

const below = (n: number) => fc.nat({ max: n - 1 })
// Crowded, so that they meet: most of all is done by few in one conversation, under few keys.
const someConversation = fc.constantFrom(0, 0, 0, 0, 1, 2)
const someUser = fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 3, 4)
const often = <T>(usual: T, ...rare: T[]) =>
  fc.oneof({ weight: 3 * rare.length, arbitrary: fc.constant(usual) }, ...rare.map((each) => fc.constant(each)))

const send = fc.record<Send>({
  kind: fc.constant('SEND'),
  appender: below(APPENDERS),
  conversation: someConversation,
  author: someUser,
  key: below(4),
  text: fc.oneof({ weight: 12, arbitrary: fc.constantFrom('one', 'other') }, fc.constant('NUL' as const)),
  replyTo: often<Send['replyTo']>('nothing', 'its newest', 'its oldest', 'a foreign one', 'an unknown one'),
})
const change = fc.record<Change>({
  kind: fc.constant('CHANGE'),
  appender: below(APPENDERS),
  conversation: someConversation,
  actor: someUser,
  actorRole: often<MemberRole | null>(null, 'OWNER', 'MEMBER'),
  changes: fc.uniqueArray(
    fc.record({
      change: fc.constantFrom('JOINED', 'LEFT'),
      user: below(USERS - 1),
      role: fc.constantFrom('OWNER', 'MEMBER', 'GUEST'),
    }),
    { minLength: 1, maxLength: 3, selector: ({ user }) => user },
  ),
})
/** What is in a round runs at the same time. */
const round = fc.array(fc.oneof({ weight: 4, arbitrary: send }, change), { minLength: 5, maxLength: 20, size: 'max' })
const play = fc.array(round, { minLength: 2, maxLength: 6, size: 'max' })

let log: LogFixture
beforeAll(async () => {
  log = await openLog()
})
afterAll(() => log[Symbol.asyncDispose]())

test('whatever runs at the same time, every answer and every stored event is that of some order', {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  await fc.assert(
    fc.asyncProperty(play, async (rounds) => {
      const system = await begin()
      const faults: string[] = []
      for (const each of rounds) faults.push(...(await system.run(each)))
      expect([...faults, ...(await logFaults(log.db, system.tenantId))]).toEqual([])
    }),
    { numRuns: RUNS, seed: 1, interruptAfterTimeLimit: PATIENCE_MS, markInterruptAsFailure: true },
  )
})

async function begin() {
  const { tenantId, users } = await log.tenant(USERS)
  const published: ChatEvent[] = []
  const unknown = newUuid()
  const bus: Bus = { ...memoryBus(), publish: (_, event) => void published.push(event as ChatEvent) }
  const appenders = Array.from({ length: APPENDERS }, () => createAppend({ db: log.db, bus, metrics: createMetrics() }))
  const conversations = await Promise.all(
    CONVERSATIONS.map((members) =>
      beginGroup(
        appenders[0]!,
        tenantId,
        members.map((i) => users[i]!),
      ),
    ),
  )
  const models = conversations.map(() => new ConversationModel())
  await look([])

  /** Reads what has been stored, and lets each conversation's model go on by it. */
  async function look(calls: Call[]): Promise<string[]> {
    const stored = await storedOf(log.db, tenantId)
    const places = (events: { streamId: Uuid; seq: number; position: bigint; kind: string }[]) =>
      events.map(({ streamId, seq, position, kind }) => `${streamId} ${seq} ${position} ${kind}`).sort()
    const faults = conversations.flatMap((id, i) => goOn(id, models[i]!, { calls, stored }))
    const isAllPublished = places(published).join() === places(stored.events).join()
    return isAllPublished ? faults : [...faults, 'published is not what is stored']
  }

  function draftFor({ conversation, author, key, text, replyTo }: Send): MessageDraft {
    const place = { tenantId, conversationId: conversations[conversation]!, authorId: users[author]! }
    if (text === 'NUL') return poisoned(place, `key ${key}`)
    const [own, foreign] = [models[conversation]!.messageIds, models[(conversation + 1) % models.length]!.messageIds]
    const replies = { nothing: null, 'its newest': own.at(-1), 'its oldest': own[0], 'a foreign one': foreign.at(-1) }
    const replyToId = replyTo === 'an unknown one' ? unknown : (replies[replyTo] ?? null)
    return draftOf(place, { clientMessageId: `key ${key}`, text, replyToId })
  }

  function changesFor({ conversation, actor, actorRole, changes }: Change): Changes {
    return {
      tenantId,
      conversationId: conversations[conversation]!,
      actorId: users[actor]!,
      ...(actorRole && { actorRole }),
      changes: changes.map(({ change, user, role }) => {
        const userId = users[user]!
        return change === 'JOINED' ? { change, userId, role } : { change, userId, reason: 'REMOVED' }
      }),
    }
  }

  return {
    tenantId,
    async run(operations: (Send | Change)[]): Promise<string[]> {
      const calls = operations.map((each) => {
        const appender = appenders[each.appender]!
        return each.kind === 'SEND' ? sent(appender, draftFor(each)) : changed(appender, changesFor(each))
      })
      return look(await Promise.all(calls))
    },
  }
}

async function sent(append: Append, draft: MessageDraft): Promise<Call> {
  const answer = await append
    .message(draft)
    .then(
      ({ message, deduplicated }) =>
        ({ outcome: deduplicated ? 'REPEAT' : 'SENT', id: message.id, seq: message.seq }) as const,
      refusal,
    )
  return { kind: 'SEND', draft, answer }
}

async function changed(append: Append, changes: Changes): Promise<Call> {
  const answer = await append.changes(changes).then(({ events }) => ({ outcome: 'DONE', events }) as const, refusal)
  return { kind: 'CHANGE', changes, answer }
}

function refusal(error: unknown): { outcome: Refusal } {
  if (error instanceof ChatError) return { outcome: error.code as Refusal }
  if (/^22/.test(sqlState(error) ?? '')) return { outcome: 'REFUSED_BY_DATABASE' }
  throw error
}
