/**
 * What the hub brings to a reader of one conversation: straight to his outlet while nothing waits and nothing follows from it for him, along with the others
 * of a lane where that can be; else into a queue, which he empties at his pace.
 */
import type { Aversions } from '../conversations/aversions.ts'
import { type ChatEvent, type Place, placeOf, showsOtherPast } from '../events.ts'
import { BoundedQueue } from '../lib/bounded-queue.ts'
import type { Left, UserCaller } from '../model.ts'
import { asSeenAtOnce, type EventReader, isAlikeForAll } from './as-seen.ts'
import type { Delivered, Live, Passing } from './delivered.ts'
import type { Hub, Reader } from './hub.ts'
import type { LaneReader } from './lane.ts'
import type { StreamName } from './log.ts'
import type { Outlet } from './source.ts'

/** Events that wait for a slow socket; past that the reader leaves push mode and catches up from the log. */
export const QUEUE_LIMIT = 1_024

/** How far a reader has come, and what of the conversation is for him. */
export interface Progress {
  /** The last event that he was given. */
  last: Place
  /** Before it he sees nothing: that he joined later than the last event he has. */
  floor: number
  /** His time there is over. */
  left: Left | undefined
  /** As of the beginning: what he deletes for himself later, his own log tells. */
  hidesSome: boolean
  averse: Aversions
}

export const isOwnLeaving = (event: ChatEvent, { userId }: UserCaller): boolean =>
  event.kind === 'MEMBER_LEFT' && event.userId === userId

export const asReader = ({ userId }: UserCaller, { floor, left, hidesSome, averse }: Progress): EventReader => ({
  userId,
  ignored: averse.ignored,
  from: floor + 1,
  left,
  hidesSome,
})

/** The one that comes next for him. */
export const nextOf = ({ last, floor }: Progress): number => Math.max(last.seq, floor) + 1

interface Listener {
  viewer: UserCaller
  name: StreamName
  progress: Progress
  resync: () => void
}

export function conversationLive({ viewer, name, progress, resync }: Listener) {
  const queue = new BoundedQueue<Live | Passing>(QUEUE_LIMIT)
  /** Nothing waits, and all that came was given: the next event may go straight to the outlet. */
  let isIdle = false
  let hasOverflowed = false
  let outlet: Outlet | null = null
  let hub: Hub | null = null
  /** Then he has all that the hub has given. */
  let isInLane = false

  const reader: Reader & LaneReader = {
    tenantId: viewer.tenantId,
    isReplaying: false,
    given: () => [{ ...name, ...place() }],
    hear(live) {
      if (isIdle && giveAtOnce(live)) enterLane()
      else {
        isIdle = false
        if (!hasOverflowed && !queue.push(live)) hasOverflowed = true
      }
    },
    overhear(passing) {
      if (isUnheard(passing)) return
      if (!isIdle || !outlet) void (!hasOverflowed && queue.push(passing))
      else if (outlet.isOpen && passing.place.seq === progress.last.seq) outlet.take(passing.forConversation)
    },
    hearsAlike: ({ event, quotes }) => !followsFrom(event) && isAlikeForAll(event, asReader(viewer, progress), quotes),
    leftLane(last) {
      isInLane = false
      if (last?.cursor.kind === 'CONVERSATION') progress.last = placeOf(last.cursor)
      if (!hub?.last || progress.last.seq >= hub.last.seq) return
      // He did not keep up: the rest he reads from the log.
      hasOverflowed = true
      isIdle = false
      queue.wake()
    },
    resync,
  }

  function place(): Place {
    return (isInLane && hub?.last) || progress.last
  }

  /** To the outlet, past the iterator: only when all that came through that was asked for. */
  function giveAtOnce(live: Live): boolean {
    const delivered = outlet?.isOpen ? atOnce(live) : null
    if (!delivered) return false
    progress.last = live.place
    outlet?.take(delivered)
    return true
  }

  /** If it is the next one, and nothing has to be looked up for this reader, nor follows from it for him. */
  function atOnce({ event, forConversation, quotes, isForAll }: Live): Delivered | null {
    if (event.seq !== nextOf(progress)) return null
    if (isForAll && !progress.left && !progress.averse.ignored.size) return forConversation
    if (followsFrom(event)) return null
    return asSeenAtOnce(forConversation, { reader: asReader(viewer, progress), quotes })
  }

  const isUnheard = ({ ephemeral }: Passing): boolean => progress.averse.severed.has(ephemeral.userId)

  /** Then he hears for himself: what is given to a lane is the same for all. */
  const isAverse = (): boolean => progress.averse.ignored.size + progress.averse.severed.size > 0

  const followsFrom = (event: ChatEvent): boolean => isOwnLeaving(event, viewer) || showsOtherPast(event)

  function enterLane(): void {
    const { last, floor, left } = progress
    if (!hub || !outlet?.isOpen || isAverse() || left || floor > last.seq || hub.last?.seq !== last.seq) return
    isInLane = true
    hub.enterLane(reader, outlet)
  }

  return {
    reader,
    isUnheard,
    /** Others are ignored, or ignore him, than before. */
    averse(now: Aversions): void {
      progress.averse = now
      if (isInLane && isAverse()) hub?.leaveLane(reader)
    },
    /** The hub that the reader has joined. */
    follow(joined: Hub): void {
      hub = joined
    },
    pushTo(to: Outlet): void {
      outlet = to
    },
    /** Of history, while its reader asks for the next one. */
    giveAtOnce,
    /** All that waits is in the log, which is read now. */
    clear(): void {
      hasOverflowed = false
      queue.clear()
    },
    /** The oldest that waits. */
    shift: () => queue.shift(),
    /** Once nothing waits: whether the queue was full before, so that what it could not take is to be read from the log. */
    fellBehind: () => hasOverflowed,
    /** Until something waits. */
    async wait(): Promise<void> {
      isIdle = true
      enterLane()
      await queue.changed()
      isIdle = false
    },
    end(): void {
      if (isInLane) hub?.leaveLane(reader)
      queue.clear()
      queue.wake()
    },
  }
}
