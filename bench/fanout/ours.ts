/** The product with its readers: some ask for what the page shows, as many others for the plain message, each of a conversation of their own. */
import { randomUUID } from 'node:crypto'
import { startRedis } from '../../scripts/services/redis.ts'
import { newUuid } from '../../src/lib/ids.ts'
import { initFrame, openAsker, PROTOCOL, subscribeFrame } from '../lib/asker.ts'
import { type Audience, gather } from '../lib/audience.ts'
import { openCrowd } from '../lib/crowd.ts'
import { BODY, EVENTS, PLAIN_EVENTS, SEND } from '../lib/documents.ts'
import { type Node, startDatabase, startNode, withParts } from '../lib/node.ts'
import { makePeople, makeTenant } from '../lib/people.ts'
import { raised } from '../lib/raised.ts'
import type { Contender } from './contender.ts'

const AUTHORS = 2

export interface Ours {
  node: Node
  /** What the page asks. */
  real: Contender
  plain: Contender
  /** Events so far. */
  sent(): number
}

interface Scale {
  readers: number
  /** One message in so many quotes the old one; 0: none does. */
  quoteEvery: number
  /** `redis`: the authors are on two other nodes. */
  bus: string
}

export async function openOurs(
  { readers: count, quoteEvery, bus }: Scale,
  opened: AsyncDisposableStack,
): Promise<Ours> {
  const database = await startDatabase(opened)
  const { authors, readers, shown, plain } = await withParts(database, async (parts) => {
    const tenantId = await makeTenant(parts)
    const authors = await makePeople(parts, tenantId, { name: 'author', count: AUTHORS })
    const readers = await makePeople(parts, tenantId, { name: 'reader', count })
    const people = { authors, readers }
    return { ...people, shown: await gather(parts, tenantId, people), plain: await gather(parts, tenantId, people) }
  })
  const redis = bus === 'redis' ? opened.use(await startRedis()) : null
  const env = { ...raised(count * 2), ...(redis && { REDIS_URL: redis.url }) }
  const node = await startNode(database, env, opened)
  const appending = async () => (redis ? await startNode(database, env, opened) : node)
  const senders = await Promise.all(authors.map(async ({ token }) => openAsker((await appending()).url, token)))
  for (const sender of senders) opened.use(sender)

  let sent = 0
  async function contender({ conversationId, oldMessageId }: Audience, query: string): Promise<Contender> {
    const crowd = opened.use(
      await openCrowd({
        count,
        greeting: (nth) => ({
          url: node.url,
          protocol: PROTOCOL,
          steps: [
            [initFrame(readers[nth]?.token ?? '')],
            [subscribeFrame(randomUUID(), query, { id: conversationId })],
          ],
        }),
      }),
    )
    const next = () => ({
      input: {
        conversationId,
        text: BODY,
        clientMessageId: newUuid(),
        ...(sent++ % quoteEvery === 0 && { replyToId: oldMessageId }),
      },
    })
    let bursts = 0
    return {
      pids: [...node.pids, ...(redis ? [redis.pid] : [])],
      besides: database.pid,
      crowd,
      /** Both authors at once, each his half. */
      burst(events) {
        const inputs = Array.from({ length: events }, next)
        bursts++
        return Promise.all(
          senders.map((sender, nth) => {
            const own = inputs.filter((_, i) => (i + bursts) % AUTHORS === nth)
            return own.length ? sender.ask(SEND, own) : []
          }),
        )
      },
    }
  }
  return { node, real: await contender(shown, EVENTS), plain: await contender(plain, PLAIN_EVENTS), sent: () => sent }
}
