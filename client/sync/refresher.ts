/** Reads conversations again, without their messages: many in one question, and each but once at a time. */
import type { Connection } from '../asking.ts'
import type { Clock } from '../environment.ts'
import { RequestError } from '../errors.ts'
import { ConversationsAsStrangerDocument, ConversationsByIdDocument } from '../generated/graphql.ts'
import type { Refresher } from '../store/refresher.ts'
import { heardOf, putConversation, type Store } from '../store/store.ts'
import { keepAsking } from './keep-asking.ts'

/** What comes together is asked together. */
const GATHER_MS = 50
const AT_ONCE = 20

export function createRefresher(store: Store, { request }: Pick<Connection, 'request'>, clock: Clock): Refresher {
  const { toRead } = store
  let asking = new Set<string>()
  const again = new Set<string>()
  const readers = new Map<string, (() => void)[]>()
  let isWaiting = false
  /** Others that read conversations, and what was touched meanwhile: their answers may come after ours, and be older. */
  let besides = 0
  const touchedBesides = new Set<string>()

  function ask(id: string): void {
    toRead.add(id)
    if (asking.has(id)) again.add(id)
    if (isWaiting || asking.size > 0) return
    isWaiting = true
    clock.setTimeout(() => void run(), GATHER_MS)
  }

  async function run(): Promise<void> {
    isWaiting = false
    // What is looked at first.
    const ids = [...toRead].sort((a, b) => Number(store.open.has(b)) - Number(store.open.has(a))).slice(0, AT_ONCE)
    asking = new Set(ids)
    const isClosed = await keepAsking(clock, () => readAll(ids)).then(() => false, isOfClosing)
    asking = new Set()
    for (const id of ids) {
      if (!again.delete(id) && !isClosed) toRead.delete(id)
      for (const answered of readers.get(id) ?? []) answered()
      readers.delete(id)
    }
    const [next] = toRead
    if (next !== undefined && !isClosed) ask(next)
  }

  async function readAll(ids: string[]): Promise<void> {
    const heardTo = heardOf(store)
    try {
      const { nodes } = await request(ConversationsByIdDocument, { ids })
      for (const [n, node] of nodes.entries()) {
        if (node?.__typename === 'Conversation') putConversation(store, node, heardTo(node.id))
        else gone(ids[n] ?? '')
      }
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'FORBIDDEN') throw error
      const others = await readAsStranger(ids)
      if (others.length < ids.length) await readAll(others)
    }
  }

  /** Those of which he is no member. Answers the others. */
  async function readAsStranger(ids: string[]): Promise<string[]> {
    const { nodes } = await request(ConversationsAsStrangerDocument, { ids })
    return nodes.flatMap((node, n) => {
      if (node?.__typename !== 'Conversation' || node.viewerMembership) return [ids[n] ?? '']
      const { viewerMembership: _none, capabilities, ...shared } = node
      Object.assign(store.record(node.id), { shared, capabilities, membership: null })
      store.changed(node.id)
      return []
    })
  }

  function gone(id: string): void {
    Object.assign(store.record(id), { shared: null, membership: null, capabilities: [] })
    store.changed(id)
  }

  function read(id: string): Promise<void> {
    return new Promise((resolve) => {
      readers.set(id, [...(readers.get(id) ?? []), resolve])
      ask(id)
    })
  }

  return {
    ask,
    read,
    touched(id) {
      if (asking.has(id)) ask(id)
      if (besides > 0) touchedBesides.add(id)
    },
    async reading(work) {
      besides++
      try {
        return await work()
      } finally {
        besides--
        for (const id of touchedBesides) ask(id)
        if (besides === 0) touchedBesides.clear()
      }
    },
  }
}

/** Then it is read at the next start. What is refused for good stays as it was heard. */
const isOfClosing = (error: unknown): boolean => error instanceof RequestError && error.code === 'CLOSED'
