/** What a feed knows of one of its streams: the windows in which the viewer may hear it, and how far it has been given. */
import type { ChatEvent, Place } from '../events.ts'
import type { Left, UserName, Uuid } from '../model.ts'
import type { StreamName } from './log.ts'

interface Window {
  from: number
  to: number
  /** The first seq of which he sees anything in that time: a reply's quote from before is hidden. */
  visibleFrom: number
  /** Where it is over. */
  left?: Left | undefined
}

/** A class: there are as many of them as readers have conversations. */
export class FeedStream implements StreamName {
  readonly tenantId: Uuid
  readonly streamId: Uuid
  /** By seq, both ends included. His own leaving is the last that he hears. Mostly one: a list of just so many is the smallest that holds them. */
  windows: readonly Window[] = []
  /** Everything up to it was given, or lay outside the windows. */
  seq: number
  /** The newest event given, or before which he began. */
  last: Place | null = null
  /** Whether he has deleted any of its messages for himself. */
  hidesSome = false
  /** The log may hold more than was given: to be read. */
  isBehind = false

  constructor({ tenantId, streamId }: StreamName, seq = 0) {
    this.tenantId = tenantId
    this.streamId = streamId
    this.seq = seq
  }

  /** He hears it from then on, or did up to `to`. */
  opens(window: Window): void {
    this.windows = [...this.windows, window]
  }

  /** Whether the event is the next one and the viewer's to hear; notes it as given. */
  takes(event: ChatEvent): boolean {
    if (event.seq <= this.seq) return false
    if (event.seq > this.seq + 1) {
      this.isBehind = true // a window that was just joined again: its first events are read before this one
      return false
    }
    this.seq = event.seq
    if (!windowAt(this, event.seq)) return false
    this.last = { seq: event.seq, position: event.position }
    return true
  }
}

/** His own: he hears all of it. */
export function ownStream({ tenantId, userId }: UserName): FeedStream {
  const stream = new FeedStream({ tenantId, streamId: userId })
  stream.opens({ from: 1, to: Number.POSITIVE_INFINITY, visibleFrom: 1 })
  return stream
}

/** Whether one of its windows is open: then its hub is joined. */
export const followsAgain = (stream: FeedStream): boolean =>
  stream.windows.some((window) => window.to === Number.POSITIVE_INFINITY)

export const windowAt = ({ windows }: FeedStream, seq: number): Window | undefined =>
  windows.findLast((window) => seq >= window.from && seq <= window.to)
