/**
 * What the hubs bring to a feed: straight to the outlet while nothing waits and nothing follows from it for this reader; else into a queue,
 * which its reader empties at his pace.
 */
import type { Aversions } from '../conversations/aversions.ts'
import { type ChatEvent, showsOtherPast } from '../events.ts'
import { BoundedQueue } from '../lib/bounded-queue.ts'
import type { Uuid } from '../model.ts'
import { isAlikeForAll } from './as-seen.ts'
import { QUEUE_LIMIT } from './conversation-live.ts'
import type { Live, Mark, Passing } from './delivered.ts'
import { type FeedStream, followsAgain, windowAt } from './feed-stream.ts'
import type { Outlet } from './source.ts'

/** An event, and what its cursor holds if it was heard while the reader was live. */
export type Heard = { live: Live | Passing; mark: Mark | null }

interface Dependencies {
  userId: Uuid
  streams: ReadonlyMap<Uuid, FeedStream>
  averse: () => Aversions
  /** What is known on this node by now. */
  now: () => Mark
}

export function feedLive({ userId, streams, averse, now }: Dependencies) {
  const queue = new BoundedQueue<Heard>(QUEUE_LIMIT)
  let isLive = false
  /** Live, nothing waits, and all that came was given. */
  let isIdle = false
  let hasOverflowed = false
  let outlet: Outlet | null = null
  /** What this reader has surely been given. It stands still while anything waits. */
  let mark: Mark = { epoch: 0n, horizon: 0n }

  /** Never back: a node whose last tail pass is older than this reader's beginning would else repeat what lies before it. */
  function moveMark(to: Mark): void {
    if (to.epoch !== mark.epoch || to.horizon > mark.horizon) mark = to
  }

  /** Takes the event if it is the next one, the same for everybody, and nothing follows from it. */
  function takesPlain({ event, quotes, isForAll }: Live): boolean {
    const stream = streams.get(event.streamId)
    if (!stream || event.seq !== stream.seq + 1 || (!isForAll && hasConsequences(event))) return false
    const window = windowAt(stream, event.seq)
    if (!window) return false
    const { visibleFrom: from, left } = window
    if (!isAlikeForAll(event, { from, left, hidesSome: stream.hidesSome, ignored: averse().ignored }, quotes))
      return false
    moveMark(now())
    return stream.takes(event)
  }

  function hasConsequences(event: ChatEvent): boolean {
    const { kind } = event
    if (kind === 'CONVERSATION_JOINED' || kind === 'MESSAGE_HIDDEN' || showsOtherPast(event)) return true
    return kind === 'MEMBER_LEFT' && event.userId === userId
  }

  /** Whether he has all that came before it: else it waited too long to be worth anything. */
  function isUpTo({ ephemeral, place }: Passing): boolean {
    const stream = streams.get(ephemeral.streamId)
    return stream !== undefined && followsAgain(stream) && stream.seq === place.seq
  }

  const isUnheard = ({ ephemeral }: Passing): boolean => averse().severed.has(ephemeral.userId)

  return {
    isUpTo: (passing: Passing): boolean => isUpTo(passing) && !isUnheard(passing),
    moveMark,
    get mark() {
      return mark
    },
    /** Where it begins, or how far its past was given. */
    setMark(to: Mark): void {
      mark = to
    },
    pushTo(to: Outlet): void {
      outlet = to
    },
    hear(live: Live): void {
      if (isIdle && outlet?.isOpen && takesPlain(live)) outlet.take(live.forFeed(mark))
      else {
        isIdle = false
        if (!hasOverflowed && !queue.push({ live, mark: isLive ? now() : null })) hasOverflowed = true
      }
    },
    overhear(passing: Passing): void {
      if (isUnheard(passing)) return
      if (isIdle && outlet) {
        if (outlet.isOpen && isUpTo(passing)) outlet.take(passing.forFeed(mark))
      } else if (isLive && !hasOverflowed) queue.push({ live: passing, mark: null })
    },
    /** The oldest that waits. */
    shift: () => queue.shift(),
    /** Once nothing waits: whether the queue was full before, so that what it could not take is to be read from the log. */
    fellBehind(): boolean {
      if (!hasOverflowed) return false
      hasOverflowed = false
      isLive = false
      return true
    },
    /** Live, until something waits. */
    async wait(): Promise<void> {
      isLive = true
      isIdle = true
      await queue.changed()
      isIdle = false
    },
    end(): void {
      queue.clear()
      queue.wake()
    },
  }
}
