/**
 * What the hub brings to a reader of one conversation: straight to his outlet while nothing waits and nothing follows from it for him, along with the others
 * of a lane where that can be; else into a queue, which he empties at his pace. A class: there are as many of them as subscriptions, and each would else
 * hold functions of its own.
 */
import { type Aversions, NO_AVERSIONS } from '../conversations/aversions.ts'
import { type ChatEvent, type Place, placeOf, showsOtherPast } from '../events.ts'
import { BoundedQueue } from '../lib/bounded-queue.ts'
import type { Left, UserCaller, Uuid } from '../model.ts'
import { seesFrom } from './alike.ts'
import { asSeenAtOnce, type EventReader } from './as-seen.ts'
import type { Delivered, Live, Passing } from './delivered.ts'
import type { Hub, Reader } from './hub.ts'
import type { Lane, LaneReader } from './lane.ts'
import type { StreamName } from './log.ts'
import type { Outlet } from './source.ts'

/** Events that wait for a slow socket; past that the reader leaves push mode and catches up from the log. */
export const QUEUE_LIMIT = 1_024

export const isOwnLeaving = (event: ChatEvent, { userId }: UserCaller): boolean =>
  event.kind === 'MEMBER_LEFT' && event.userId === userId

const NOWHERE: Place = { seq: 0, position: 0n }

export class ConversationLive implements Reader, LaneReader {
  /** The last event that he was given. */
  last: Place = NOWHERE
  /** Before it he sees nothing: that he joined later than the last event he has. */
  floor = 0
  /** His time there is over. */
  left: Left | undefined = undefined
  /** As of the beginning: what he deletes for himself later, his own log tells. */
  hidesSome = false
  readonly isReplaying = false
  /** By which he may listen, if he has not been given it yet. */
  joined: Place | null = null
  readonly viewer: UserCaller
  /** Then he has all that the hub has given. */
  lane: Lane | null = null
  outlet: Outlet | null = null
  readonly #conversationId: Uuid
  readonly #listener: { end(how: 'RESYNC'): void }
  readonly #queue = new BoundedQueue<Live | Passing>(QUEUE_LIMIT)
  #averse: Aversions = NO_AVERSIONS
  /** Nothing waits, and all that came was given: the next event may go straight to the outlet. */
  #isIdle = false
  #hasOverflowed = false
  #hub: Hub | null = null

  constructor(viewer: UserCaller, conversationId: Uuid, listener: { end(how: 'RESYNC'): void }) {
    this.viewer = viewer
    this.#conversationId = conversationId
    this.#listener = listener
  }

  get tenantId(): Uuid {
    return this.viewer.tenantId
  }

  /** The seq that comes next for him. */
  get next(): number {
    return Math.max(this.last.seq, this.floor) + 1
  }

  get asReader(): EventReader {
    const { viewer, floor, left, hidesSome } = this
    return { userId: viewer.userId, ignored: this.#averse.ignored, from: floor + 1, left, hidesSome }
  }

  // ---------------------------------------------------------------- from the hub

  hear(live: Live): void {
    if (this.#isIdle && this.giveAtOnce(live)) this.#enterLane()
    else {
      this.#isIdle = false
      if (!this.#hasOverflowed && !this.#queue.push(live)) this.#hasOverflowed = true
    }
  }

  overhear(passing: Passing): void {
    if (this.isUnheard(passing)) return
    if (!this.#isIdle || !this.outlet) void (!this.#hasOverflowed && this.#queue.push(passing))
    else if (this.outlet.isOpen && passing.place.seq === this.last.seq) this.outlet.take(passing.forConversation)
  }

  given(): (StreamName & Place)[] {
    const name = { tenantId: this.tenantId, streamId: this.#conversationId }
    const last = (this.lane && this.#hub?.last) || this.last
    return [last, ...(this.joined && this.joined.seq > last.seq ? [this.joined] : [])].map((each) => ({
      ...name,
      ...each,
    }))
  }

  resync(): void {
    this.#listener.end('RESYNC')
  }

  get seesFrom(): number {
    return seesFrom({ from: this.floor + 1, hidesSome: this.hidesSome })
  }

  inLane({ event, forConversation, quotes }: Live): Delivered | null {
    return this.#followsFrom(event) ? null : asSeenAtOnce(forConversation, { reader: this.asReader, quotes })
  }

  leftLane(last: Delivered | null): void {
    if (last?.cursor.kind === 'CONVERSATION') this.last = placeOf(last.cursor)
    const newest = this.#hub?.last
    if (!newest || this.last.seq >= newest.seq) return
    // He did not keep up: the rest he reads from the log.
    this.#hasOverflowed = true
    this.#isIdle = false
    this.#queue.wake()
  }

  // ---------------------------------------------------------------- by his own pace

  /** Others are ignored, or ignore him, than before. */
  set averse(now: Aversions) {
    this.#averse = now
    if (this.#isAverse()) this.lane?.leave(this)
  }

  isUnheard({ ephemeral }: Passing): boolean {
    return this.#averse.severed.has(ephemeral.userId)
  }

  /** The hub that he has joined. */
  follow(hub: Hub): void {
    this.#hub = hub
  }

  pushTo(outlet: Outlet): void {
    this.outlet = outlet
  }

  /** To the outlet, past the iterator: only when all that came through that was asked for. Also of history, while its reader asks for the next one. */
  giveAtOnce(live: Live): boolean {
    const delivered = this.outlet?.isOpen ? this.#atOnce(live) : null
    if (!delivered) return false
    this.last = live.place
    this.outlet?.take(delivered)
    return true
  }

  /** All that waits is in the log, which is read now. */
  clear(): void {
    this.#hasOverflowed = false
    this.#queue.clear()
  }

  /** The oldest that waits. */
  shift(): Live | Passing | undefined {
    return this.#queue.shift()
  }

  /** Once nothing waits: whether the queue was full before, so that what it could not take is to be read from the log. */
  get hasFallenBehind(): boolean {
    return this.#hasOverflowed
  }

  /** Until something waits. */
  wait(): Promise<void> {
    this.#isIdle = true
    this.#enterLane()
    return this.#queue.changed()
  }

  /** He is no longer idle. */
  goOn(): void {
    this.#isIdle = false
  }

  end(): void {
    this.lane?.leave(this)
    this.#queue.clear()
    this.#queue.wake()
  }

  /** If it is the next one, and nothing has to be looked up for this reader, nor follows from it for him. */
  #atOnce({ event, forConversation, quotes, isForAll }: Live): Delivered | null {
    if (event.seq !== this.next) return null
    if (isForAll && !this.left && !this.#averse.ignored.size) return forConversation
    if (this.#followsFrom(event)) return null
    return asSeenAtOnce(forConversation, { reader: this.asReader, quotes })
  }

  /** Then he hears for himself: what is given to a lane is the same for all. */
  #isAverse(): boolean {
    return this.#averse.ignored.size + this.#averse.severed.size > 0
  }

  #followsFrom(event: ChatEvent): boolean {
    return isOwnLeaving(event, this.viewer) || showsOtherPast(event)
  }

  #enterLane(): void {
    const hub = this.#hub
    if (!hub || !this.outlet?.isOpen || this.#isAverse() || this.left || this.floor > this.last.seq) return
    if (hub.last?.seq !== this.last.seq) return
    hub.enterLane(this)
  }
}
