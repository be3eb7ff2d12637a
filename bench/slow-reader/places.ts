/** Where many listen and one of them may be stuck: the product, and the usual way. */
import { randomUUID } from 'node:crypto'
import { newUuid } from '../../src/lib/ids.ts'
import { initFrame, openAsker, PROTOCOL, subscribeFrame } from '../lib/asker.ts'
import { gather } from '../lib/audience.ts'
import { startUsual } from '../lib/baselines.ts'
import { openCrowd } from '../lib/crowd.ts'
import { BODY, EVENTS, SEND, USUAL_EVENTS, USUAL_SEND } from '../lib/documents.ts'
import { inspected } from '../lib/held-memory.ts'
import { startDatabase, startNode, withParts } from '../lib/node.ts'
import { makePeople, makeTenant } from '../lib/people.ts'
import { raised } from '../lib/raised.ts'
import type { Place } from './round.ts'

/** 33 MB, of which the kernel's buffers take some 6. */
const FLOOD = { messages: 640, text: '€'.repeat(17_000) }
const FLOOD_AT_ONCE = 20

export async function ours(count: number, opened: AsyncDisposableStack): Promise<Place> {
  const database = await startDatabase(opened)
  const { author, readers, shown, own } = await withParts(database, async (parts) => {
    const tenantId = await makeTenant(parts)
    const authors = await makePeople(parts, tenantId, { name: 'author', count: 1 })
    const readers = await makePeople(parts, tenantId, { name: 'reader', count })
    const shown = await gather(parts, tenantId, { authors, readers })
    const own = await gather(parts, tenantId, { authors, readers: readers.slice(-1) })
    return { author: authors[0], readers, shown, own }
  })
  const { env, heldBytes } = await inspected()
  const node = await startNode(database, { ...env, ...raised(count) }, opened)
  const init = (nth: number) => [initFrame(readers[nth]?.token ?? '')]
  const listen = (id: string) => subscribeFrame(randomUUID(), EVENTS, { id })
  const sender = opened.use(await openAsker(node.url, author?.token ?? ''))
  const send = (conversationId: string, text: string, times: number) =>
    sender.ask(
      SEND,
      Array.from({ length: times }, () => ({ input: { conversationId, text, clientMessageId: newUuid() } })),
    )
  const greeting = (steps: string[][]) => ({ url: node.url, protocol: PROTOCOL, steps })
  return placeOf(
    {
      heldBytes: () => heldBytes(node.pids[0] ?? 0),
      count,
      reader: (nth) => greeting([init(nth), [listen(shown.conversationId)]]),
      // Each of the two subscriptions says where it begins.
      lastReader: () => greeting([init(count - 1), [listen(shown.conversationId)], [listen(own.conversationId)]]),
      burst: (events) => send(shown.conversationId, BODY, events),
      flood: (times) => send(own.conversationId, FLOOD.text, times),
    },
    opened,
  )
}

export async function usual(count: number, opened: AsyncDisposableStack): Promise<Place> {
  const { env, heldBytes } = await inspected()
  const server = await startUsual(opened, env)
  const listen = (topic: string) => subscribeFrame(randomUUID(), USUAL_EVENTS, { topic })
  const ping = JSON.stringify({ type: 'ping' })
  const sender = opened.use(await openAsker(server.url, null))
  const send = (topic: string, body: string, times: number) =>
    sender.ask(
      USUAL_SEND,
      Array.from({ length: times }, () => ({ topic, body })),
    )
  const greeting = (steps: string[][]) => ({ url: server.url, protocol: PROTOCOL, steps })
  return placeOf(
    {
      heldBytes: () => heldBytes(server.pids[0] ?? 0),
      count,
      reader: () => greeting([[initFrame(null)], [listen('all'), ping]]),
      lastReader: () => greeting([[initFrame(null)], [listen('all'), listen('own'), ping]]),
      burst: (events) => send('all', BODY, events),
      flood: (times) => send('own', FLOOD.text, times),
    },
    opened,
  )
}

interface Made extends Pick<Place, 'heldBytes' | 'lastReader' | 'burst'> {
  count: number
  reader(nth: number): ReturnType<Place['lastReader']>
  flood(times: number): Promise<unknown>
}

async function placeOf({ count, reader, flood, ...made }: Made, opened: AsyncDisposableStack): Promise<Place> {
  let heard: () => void = () => {}
  const crowd = opened.use(await openCrowd({ count: count - 1, greeting: reader, onFrame: () => heard() }))
  return {
    ...made,
    crowd,
    onFrame: (listener) => {
      heard = listener
    },
    async flood() {
      for (let sent = 0; sent < FLOOD.messages; sent += FLOOD_AT_ONCE) await flood(FLOOD_AT_ONCE)
    },
  }
}
