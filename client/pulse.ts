/** Finds a socket that is dead without having been closed: after a sleep of the machine, a change of networks, a cable pulled. */
import type { Clock } from './environment.ts'
import type { Socket } from './socket.ts'

const BEAT_MS = 10_000
/** So long nothing has to come: a quiet evening is no fault. */
const QUIET_MS = 25_000
const ANSWER_MS = 5_000

export interface Pulse {
  /** Something has come. */
  heard(): void
  /** Looks now whether it still lives, and ends it if not. */
  probe(): void
  stop(): void
}

export function pulse(socket: Pick<Socket, 'ping' | 'terminate'>, clock: Clock): Pulse {
  let heardAt = clock.now()
  let dueAt = 0
  let timer: unknown
  let probing: unknown = null

  function beat(): void {
    const now = clock.now()
    // A timer that comes much too late, or a clock that was set back: the page slept, and the network may be another one.
    const hasSlept = now - dueAt > BEAT_MS / 2 || now < heardAt
    if (hasSlept || now - heardAt >= QUIET_MS) probe()
    wait()
  }

  function wait(): void {
    dueAt = clock.now() + BEAT_MS
    timer = clock.setTimeout(beat, BEAT_MS)
  }

  function probe(): void {
    if (probing !== null) return
    probing = clock.setTimeout(() => socket.terminate(), ANSWER_MS)
    socket.ping()
  }

  function heard(): void {
    heardAt = clock.now()
    if (probing !== null) clock.clearTimeout(probing)
    probing = null
  }

  wait()
  return {
    heard,
    probe,
    stop() {
      clock.clearTimeout(timer)
      heard()
    },
  }
}
