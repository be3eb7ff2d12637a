/** Tells sockets whose other end is gone from those that are only quiet: a ping each beat on one timer wheel, and whoever was silent for a whole one is cut off. */
import { type OnWheel, timerWheel } from '../lib/timer-wheel.ts'

export interface Peer {
  /** All that has ever come of it: whatever comes is a sign of life, not a pong alone. */
  bytesRead(): number
  ping(): void
  terminate(): void
}

export interface Heartbeat {
  /** Beats until `stop`. */
  start(peer: Peer): { stop(): void }
  close(): void
}

/** So that those who came together are not asked together for ever. */
const SPREAD = 0.1
/** Those of a tick are asked one right after the other, and answer so: what it costs to wake the other side, and to be woken, is shared by them. */
const TICKS_A_BEAT = 30

/** A peer that is gone is found within two beats and a fifth: it may have been heard just before a ping, and both intervals may be long. */
export function createHeartbeat({ beatMs }: { beatMs: number }): Heartbeat {
  const wheel = timerWheel<Beating>({
    tickMs: beatMs / TICKS_A_BEAT,
    longestMs: beatMs * (1 + SPREAD),
    onDue: beat,
  })

  function beat(beating: Beating): void {
    const heard = beating.peer.bytesRead()
    if (heard === beating.heardAtPing) beating.peer.terminate()
    else {
      beating.heardAtPing = heard
      wheel.set(beating, beatMs * (1 + SPREAD * (2 * Math.random() - 1)))
      beating.peer.ping()
    }
  }

  return {
    start(peer) {
      const beating: Beating = { peer, heardAtPing: -1, bucket: -1, place: 0 }
      wheel.set(beating, beatMs * Math.random()) // from the beginning anywhere in the beat, after a storm of connects, too
      return { stop: () => wheel.delete(beating) }
    },
    close: wheel.close,
  }
}

interface Beating extends OnWheel {
  peer: Peer
  /** -1 before its first ping. */
  heardAtPing: number
}
