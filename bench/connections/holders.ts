/** Who holds the sockets: the product, with one conversation or all of his for each reader, the usual way, and a program that does nothing else. */
import { randomUUID } from 'node:crypto'
import { initFrame, PROTOCOL, subscribeFrame } from '../lib/asker.ts'
import { type Server, startFloor, startUsual } from '../lib/baselines.ts'
import { EVENTS, FEED, USUAL_EVENTS } from '../lib/documents.ts'
import { startDatabase, startNode, withParts } from '../lib/node.ts'
import { makePeople, makeTenant } from '../lib/people.ts'
import { raised } from '../lib/raised.ts'
import { COUNTING, countStatements } from '../lib/statements.ts'
import type { Holder } from './hold.ts'
import { seed } from './seed.ts'

export const usual: Holder = {
  start: (opened) => startUsual(opened),
  greeting: ({ url }, nth) => ({
    url,
    protocol: PROTOCOL,
    steps: [
      [initFrame(null)],
      // Its subscriptions say nothing when they begin: the answer to a ping comes right after.
      [subscribeFrame(randomUUID(), USUAL_EVENTS, { topic: `topic-${nth}` }), JSON.stringify({ type: 'ping' })],
    ],
  }),
}

/** Asked the same, it answers with bytes that are ready. */
export const floor: Holder = {
  start: (opened) => startFloor('bench/connections/floor-server.ts', [], opened),
  greeting: ({ url }) => ({
    url,
    protocol: PROTOCOL,
    steps: [[initFrame(null)], [subscribeFrame(randomUUID(), EVENTS, { id: randomUUID() })]],
  }),
}

interface Scale {
  sockets: number
  conversations: number
  memberships: number
}

export async function ours(
  { sockets, conversations, memberships }: Scale,
  opened: AsyncDisposableStack,
): Promise<{ conversation: Holder; feed: Holder }> {
  const database = await startDatabase(opened, COUNTING)
  const { users, own } = await withParts(database, async (parts) => {
    const tenantId = await makeTenant(parts)
    const users = await makePeople(parts, tenantId, { name: 'user', count: sockets })
    return { users, own: await seed(database.url, { tenantId, users, conversations, memberships }) }
  })
  const statements = await countStatements(database.url)
  const start = (stack: AsyncDisposableStack) => startNode(database, raised(sockets), stack)
  const holder = (subscribe: (nth: number) => string): Holder => ({
    start,
    statements,
    greeting: ({ url }: Server, nth) => ({
      url,
      protocol: PROTOCOL,
      steps: [[initFrame(users[nth]?.token ?? '')], [subscribe(nth)]],
    }),
  })
  return {
    conversation: holder((nth) => subscribeFrame(randomUUID(), EVENTS, { id: own[nth] })),
    feed: holder(() => subscribeFrame(randomUUID(), FEED, {})),
  }
}
