/**
 * Sending everybody elsewhere without a storm: each is told when it is his turn to come back, over as long a time as their number needs, and is served
 * on. Whoever is still here a while after his turn is sent away, a batch at a time.
 */

/** As many as a node acknowledges by itself in a second, unless CONNECTS_PER_SECOND says otherwise. */
const TURNS_PER_MS = 0.5
/** Of the time there is; the rest is for those in whose way something is. */
const SHARES = { turns: 0.7, grace: 0.15 }
/** From his turn on: for the connect elsewhere and what he subscribes to there, before he lets go here. */
const GRACE_MS = 2_000
const BATCH_MS = 100

export interface Guest {
  readonly isGone: boolean
  tell(reconnectAfterMs: number): void
  /** Comes back elsewhere by itself, whatever it knows of drains. */
  sendAway(): void
}

interface Turn {
  reconnectAfterMs: number
  leavesAtMs: number
}

/** In the order of their turns. */
export function turns(count: number, withinMs: number, chance: () => number): Turn[] {
  const spreadMs = Math.min(count / TURNS_PER_MS, withinMs * SHARES.turns)
  const graceMs = Math.min(GRACE_MS, withinMs * SHARES.grace)
  return Array.from({ length: count }, (_, i) => {
    const reconnectAfterMs = Math.floor((spreadMs * (i + chance())) / count)
    return { reconnectAfterMs, leavesAtMs: reconnectAfterMs + graceMs }
  })
}

interface Options {
  withinMs: number
  /** Aborted: everybody goes now. */
  haste: AbortSignal
  now?: () => number
  chance?: () => number
  /** Over when so much time is, or at the signal. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Resolves when all have gone or were sent away. */
export async function sendElsewhere(
  guests: readonly Guest[],
  { withinMs, haste, pause, now = Date.now, chance = Math.random }: Options,
): Promise<void> {
  const begun = now()
  let left = turns(guests.length, withinMs, chance).map((turn, i) => ({ ...turn, guest: guests[i] as Guest }))
  for (const { guest, reconnectAfterMs } of left) guest.tell(reconnectAfterMs)
  for (;;) {
    const passedMs = now() - begun
    for (const { guest, leavesAtMs } of left) if (haste.aborted || leavesAtMs <= passedMs) guest.sendAway()
    left = left.filter(({ guest, leavesAtMs }) => !guest.isGone && leavesAtMs > passedMs)
    if (!left.length || haste.aborted) return
    await pause(BATCH_MS, haste)
  }
}
