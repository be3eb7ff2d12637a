/** Clients of delivery as a test sees them: they pull or are pushed to, are slow, are cut, resume by their newest cursor, and note what is wrong. */
import type { Parts } from '../../src/context.ts'
import { conversationEvents } from '../../src/delivery/conversation-events.ts'
import type { Cursor } from '../../src/delivery/cursor.ts'
import type { Delivered } from '../../src/delivery/delivered.ts'
import { feed } from '../../src/delivery/feed.ts'
import type { Source } from '../../src/delivery/source.ts'
import { ChatError } from '../../src/errors.ts'
import type { ChatEvent } from '../../src/events.ts'
import type { UserCaller, Uuid } from '../../src/model.ts'
import { broadcast } from './broadcast.ts'

export interface Reader {
  viewer: UserCaller
  /** Of a conversation, or null for a feed. */
  conversationId: Uuid | null
  /** What comes live is given to it at once, as long as it is not slow. */
  isPushed: boolean
  iterator: Source | null
  pump: Promise<void>
  isSlow: boolean
  wake: () => void
  cursor: Cursor | null
  /** By stream: the newest seq that the client believes in. */
  at: Map<Uuid, number>
  /** Where it began, or began again after a resync: all that is stored after it is expected. */
  start: Cursor | null
  /** Of a fresh feed: the newest seq of each stream when it began; it begins after them. Empty after a resync. */
  began: ReadonlyMap<Uuid, number>
  got: ChatEvent[]
  resyncs: number
  isRevoked: boolean
  /** When he came last he was told that there is no such conversation for him: the database has forgotten that he ever joined. */
  isUnknown: boolean
  faults: string[]
}

export const newReader = (
  viewer: UserCaller,
  { conversationId, isPushed }: Pick<Reader, 'conversationId' | 'isPushed'>,
): Reader => ({
  viewer,
  conversationId,
  isPushed,
  iterator: null,
  pump: Promise.resolve(),
  isSlow: false,
  wake: () => undefined,
  cursor: null,
  at: new Map(),
  start: null,
  began: new Map(),
  got: [],
  resyncs: 0,
  isRevoked: false,
  isUnknown: false,
  faults: [],
})

export function connect(reader: Reader, node: Parts): void {
  const { viewer, conversationId, cursor } = reader
  const iterator = conversationId
    ? onceBegun(
        conversationEvents(node, { viewer, conversationId, after: cursor?.kind === 'CONVERSATION' ? cursor : null }),
      )
    : feed(node, { viewer, after: cursor?.kind === 'FEED' ? cursor : null })
  reader.iterator = iterator
  if (reader.isPushed)
    iterator.pushTo({
      get isOpen() {
        return !reader.isSlow
      },
      take: (delivered) => void (reader.iterator === iterator && receive(reader, delivered)),
      group: node,
      broadcast,
    })
  reader.pump = pump(reader, iterator)
}

/** What begins to listen, as if it did already: whoever goes meanwhile is let go when it does. */
function onceBegun(beginning: Promise<Source>): Source {
  beginning.catch(() => undefined) // told by next()
  return {
    next: async () => (await beginning).next(),
    async return() {
      void beginning.then((source) => source.return?.()).catch(() => undefined)
      return { done: true, value: undefined }
    },
    pushTo: (outlet) => void beginning.then((source) => source.pushTo(outlet)).catch(() => undefined),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function pump(reader: Reader, iterator: Source): Promise<void> {
  try {
    for await (const delivered of iterator) {
      if (reader.iterator !== iterator) return
      receive(reader, delivered)
      if (reader.isSlow) await new Promise<void>((resolve) => (reader.wake = resolve))
    }
  } catch (error) {
    if (!(error instanceof ChatError && error.code === 'NOT_FOUND')) throw error
    reader.isUnknown = true // he comes again: he may be let in meanwhile
  }
  if (reader.iterator === iterator) reader.iterator = null
}

function receive(reader: Reader, delivered: Delivered): void {
  reader.isUnknown = false
  reader.cursor = delivered.cursor
  reader.start ??= delivered.cursor
  if (delivered.kind === 'RESYNC_REQUIRED') {
    reader.resyncs++
    reader.start = delivered.cursor
    reader.began = new Map()
    reader.at = new Map()
    reader.got = []
  } else if (delivered.kind === 'ACCESS_REVOKED') reader.isRevoked ||= reader.conversationId !== null
  else if (delivered.kind === 'EVENT') take(reader, delivered.event)
}

function take(reader: Reader, event: ChatEvent): void {
  const { streamId, seq } = event
  const last = reader.at.get(streamId)
  if (!reader.conversationId && last !== undefined && seq <= last) return // a feed may repeat
  const begins = last === undefined || (event.kind === 'MEMBER_JOINED' && event.userId === reader.viewer.userId)
  if (!begins && seq !== last + 1) reader.faults.push(`${streamId}#${seq} after #${last}`)
  reader.at.set(streamId, seq)
  reader.got.push(event)
}

export function cut(reader: Reader): void {
  const { iterator } = reader
  reader.iterator = null
  reader.isSlow = false
  reader.wake()
  void iterator?.return?.()
}
