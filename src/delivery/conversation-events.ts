/** One conversation's events for one reader: past, then present, in seq order, none missing, none twice. */
import type { Access } from '../conversations/access.ts'
import { type ChatEvent, type Place, placeOf, showsOtherPast } from '../events.ts'
import { BoundedQueue } from '../lib/bounded-queue.ts'
import type { History } from '../messages/history.ts'
import type { Left, UserCaller, Uuid } from '../model.ts'
import { asSeen, isAlikeForAll } from './as-seen.ts'
import type { ConversationCursor } from './cursor.ts'
import { type Delivered, Live, Passing } from './delivered.ts'
import type { Hub, Reader } from './hub.ts'
import type { Hubs } from './hubs.ts'
import { type Log, PAGE, type Read } from './log.ts'
import type { Page } from './pages.ts'
import { type Outlet, type Source, sourceOf } from './source.ts'

/** Events that wait for a slow socket; past that the reader leaves push mode and catches up from the log. */
export const QUEUE_LIMIT = 1_024

interface Dependencies {
  hubs: Hubs
  log: Log
  access: Access
  history: History
}

interface Request {
  viewer: UserCaller
  conversationId: Uuid
  /** Without one it begins at the newest event. */
  after: ConversationCursor | null
}

/** The caller has found that the viewer may listen. Ends by ResyncRequired or AccessRevoked, or when its reader does. */
export function conversationEvents(
  { hubs, log, access, history }: Dependencies,
  { viewer, conversationId, after }: Request,
): Source {
  const name = { tenantId: viewer.tenantId, streamId: conversationId }
  const queue = new BoundedQueue<Live | Passing>(QUEUE_LIMIT)
  let last: Place = after ?? { seq: 0, position: 0n }
  /** Before it he sees nothing: that he joined later than the last event he has. */
  let floor = 0
  /** His time there is over. */
  let left: Left | undefined
  /** As of the beginning: what he deletes for himself later, his own log tells. */
  let hidesSome = false
  let hasOverflowed = false
  let outlet: Outlet | null = null
  /** Nothing waits, and all that came was given: the next event may go straight to the outlet. */
  let isIdle = false
  let ended: 'RESYNC' | 'CANCELLED' | null = null

  const reader: Reader = {
    tenantId: viewer.tenantId,
    isReplaying: false,
    given: () => [{ ...name, ...last }],
    hear: (live) => {
      if (isIdle && outlet?.isOpen && isPlain(live.event)) {
        last = live.place
        outlet.take(live.forConversation)
      } else {
        isIdle = false
        if (!hasOverflowed && !queue.push(live)) hasOverflowed = true
      }
    },
    overhear: (passing) => {
      if (!isIdle || !outlet) void (!hasOverflowed && queue.push(passing))
      else if (outlet.isOpen && passing.place.seq === last.seq) outlet.take(passing.forConversation)
    },
    resync: () => end('RESYNC'),
  }
  return sourceOf(run(), {
    cancel: () => end('CANCELLED'),
    pushTo: (to) => {
      outlet = to
    },
  })

  async function* run(): AsyncGenerator<Delivered, void, undefined> {
    try {
      const hub = await hubs.join(name, reader) // listens first
      const head = await read(() => log.head(name))
      // Asked after the head was read: whoever leaves later does so by an event that this reader will meet.
      const [listening, hides] = await Promise.all([
        access.toListen(viewer, conversationId),
        history.hidesIn({ tenantId: viewer.tenantId, userId: viewer.userId, conversationId }),
      ])
      const { upTo } = listening
      floor = listening.from - 1
      left = listening.left
      hidesSome = hides
      if (!after) last = upTo === null ? head.head : await placeOfLeaving(upTo)
      if (after && !(await isStored())) ended = 'RESYNC'
      if (!ended) yield { kind: 'SUBSCRIBED', cursor: cursor(), at: new Date() }
      if (upTo !== null && last.seq >= upTo) yield revoked()
      else yield* follow(hub)
      if (ended === 'RESYNC')
        yield { kind: 'RESYNC_REQUIRED', cursor: cursor((await log.head(name)).head), at: new Date() }
    } finally {
      hubs.leave(name, reader)
    }
  }

  async function* follow(hub: Hub): AsyncGenerator<Delivered, void, undefined> {
    while (!ended) {
      hasOverflowed = false
      queue.clear() // all of it is in the log, which is read now
      if (yield* replay(hub)) return
      if (yield* live()) return
    }
  }

  /** Pages of history until there are no more. Answers true when the viewer's time ended in them. */
  async function* replay(hub: Hub): AsyncGenerator<Delivered, boolean, undefined> {
    for (;;) {
      const { epoch, lives, isLast } = await read(() => page(hub, Math.max(last.seq, floor)))
      for (const live of lives) {
        if (ended) return true
        if (!hubs.lives(epoch)) break // the rest of the page may be gone: read again
        last = live.place
        yield await visible(live.forConversation)
        if (showsOtherPast(live.event)) await lookAgain()
        if (isOwnLeaving(live.event) && (yield* leaving(live.event))) return true
      }
      if (ended || (isLast && hubs.lives(epoch))) return ended !== null
    }
  }

  /** Shared with all who ask at this time; what was deleted for one alone is in the rows only. */
  async function page(of: Hub, seq: number): Promise<Read<Page>> {
    if (!hidesSome) return hubs.pageAfter(of, seq)
    const { epoch, events } = await log.after([{ ...name, seq }])
    return { epoch, lives: events.map((event) => new Live(event)), isLast: events.length < PAGE }
  }

  /** What the hub brings, until the queue has overflowed and is empty: then the rest is in the log. */
  async function* live(): AsyncGenerator<Delivered, boolean, undefined> {
    while (!ended) {
      const next = queue.shift()
      if (!next && hasOverflowed) return false
      if (!next) {
        isIdle = true
        await queue.changed()
        isIdle = false
      } else if (next instanceof Passing) {
        if (next.place.seq === last.seq) yield next.forConversation // else it waited too long to be worth anything
      } else if (next.event.seq > Math.max(last.seq, floor) + 1) return false
      else if (next.event.seq === Math.max(last.seq, floor) + 1) {
        last = placeOf(next.event)
        yield await visible(next.forConversation)
        if (showsOtherPast(next.event)) await lookAgain()
        if (isOwnLeaving(next.event) && (yield* leaving(next.event))) return true
      }
    }
    return true
  }

  /** The conversation may show another part of its past now. Fails closed: who has left meanwhile is told by what follows. */
  async function lookAgain(): Promise<void> {
    const { from } = await access.toListen(viewer, conversationId)
    floor = from - 1
  }

  /** He may have come back since: then all goes on. Fails closed. */
  async function* leaving(event: ChatEvent): AsyncGenerator<Delivered, boolean, undefined> {
    const gone = { upTo: event.seq, from: event.seq, left: { at: event.at, isGone: true } }
    const listening = await access.toListen(viewer, conversationId).catch(() => gone)
    const { upTo } = listening
    floor = listening.from - 1
    left = listening.left
    if (upTo === null || event.seq < upTo) return false
    yield revoked()
    return true
  }

  /** Reads until the answer is of the life that this node knows; of another one, what was given must still be stored. */
  async function read<T>(fetch: () => Promise<Read<T>>): Promise<Read<T>> {
    for (;;) {
      const answer = await fetch()
      if (ended || (await hubs.isCurrent(answer.epoch))) return answer
      if (!(await isStored())) ended = 'RESYNC'
    }
  }

  function visible(delivered: Delivered): Promise<Delivered> {
    return asSeen(history, delivered, { userId: viewer.userId, from: floor + 1, left, hidesSome })
  }

  /** The next one, the same for everybody, and nothing follows from it for this reader. */
  function isPlain(event: ChatEvent): boolean {
    return (
      event.seq === Math.max(last.seq, floor) + 1 &&
      !isOwnLeaving(event) &&
      !showsOtherPast(event) &&
      isAlikeForAll(event, { from: floor + 1, left, hidesSome })
    )
  }

  /** Where who is no longer a member begins: he learns nothing of how much was said since. */
  async function placeOfLeaving(seq: number): Promise<Place> {
    const { events } = await read(() => log.after([{ ...name, seq: seq - 1 }]))
    return events[0] ? placeOf(events[0]) : last
  }

  async function isStored(): Promise<boolean> {
    return (await log.stored([{ ...name, ...last }])).stored[0] === true
  }

  function isOwnLeaving(event: ChatEvent): boolean {
    return event.kind === 'MEMBER_LEFT' && event.userId === viewer.userId
  }

  function cursor({ seq, position }: Place = last): ConversationCursor {
    return { kind: 'CONVERSATION', tenantId: viewer.tenantId, conversationId, seq, position }
  }

  function revoked(): Delivered {
    return { kind: 'ACCESS_REVOKED', conversationId, cursor: cursor(), at: new Date() }
  }

  function end(how: 'RESYNC' | 'CANCELLED'): void {
    ended ??= how
    queue.clear()
    queue.wake()
  }
}
