/** What a feed knows of one of its streams: the windows in which the viewer may hear it, and how far it has been given. */
import type { ChatEvent, Place } from '../events.ts'
import type { Left, Uuid } from '../model.ts'
import type { StreamName } from './log.ts'

interface Window {
  from: number
  to: number
  /** The first seq of which he sees anything in that time: a reply's quote from before is hidden. */
  visibleFrom: number
  /** Where it is over. */
  left?: Left | undefined
}

export interface FeedStream extends StreamName {
  /** By seq, both ends included. His own leaving is the last that he hears. */
  windows: Window[]
  /** Everything up to it was given, or lay outside the windows. */
  seq: number
  /** The newest event given, or before which he began. */
  last: Place | null
  /** Whether he has deleted any of its messages for himself. */
  hidesSome: boolean
  /** The log may hold more than was given: to be read. */
  isBehind: boolean
  /** Whether the event is the next one and the viewer's to hear; notes it as given. */
  takes(event: ChatEvent): boolean
}

/** With `from`, a stream that he hears from that seq on. */
export function feedStream({
  tenantId,
  streamId,
  from,
  seq = 0,
}: {
  tenantId: Uuid
  streamId: Uuid
  from?: number
  seq?: number
}): FeedStream {
  return {
    tenantId,
    streamId,
    windows: from === undefined ? [] : [{ from, to: Number.POSITIVE_INFINITY, visibleFrom: 1 }],
    seq,
    last: null,
    hidesSome: false,
    isBehind: false,
    takes(event) {
      if (event.seq <= this.seq) return false
      if (event.seq > this.seq + 1) {
        this.isBehind = true // a window that was just joined again: its first events are read before this one
        return false
      }
      this.seq = event.seq
      if (!windowAt(this, event.seq)) return false
      this.last = { seq: event.seq, position: event.position }
      return true
    },
  }
}

/** Whether one of its windows is open: then its hub is joined. */
export const followsAgain = (stream: FeedStream): boolean =>
  stream.windows.some((window) => window.to === Number.POSITIVE_INFINITY)

export const windowAt = ({ windows }: FeedStream, seq: number): Window | undefined =>
  windows.findLast((window) => seq >= window.from && seq <= window.to)
