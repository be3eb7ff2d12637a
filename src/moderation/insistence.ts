/**
 * Who goes on asking though he is told when to come again. To refuse him costs nearly as much as to answer, so after so many times nothing is even
 * looked at for him for a while, longer each time. Counted on this node alone: it is this node's work that is saved.
 */
import { LRUCache } from 'lru-cache'
import { ChatError } from '../errors.ts'

/** Those who were not refused for the longest time are forgotten first. */
const MOST_USERS = 10_000
export const WITHIN_MS = 10_000
export const FIRST_WAIT_MS = 5_000
export const LONGEST_WAIT_MS = 60_000
/** Of whom nothing was refused for so long it is as if nothing ever had been. */
export const FORGIVEN_MS = 60_000
/** Who has waited already has so much less patience to expect. */
const LESS_AFTERWARDS = 4

interface Insistence {
  refusals: number
  /** Of the first of them. */
  since: number
  waitsUntil: number
  nextWaitMs: number
  forgivenAt: number
}

interface Given {
  now?: () => number
  /** Between 0 and 1: so that those sent away together do not come back together. */
  chance?: () => number
}

export function createInsistence({ now = Date.now, chance = Math.random }: Given = {}) {
  const known = new LRUCache<string, Insistence>({ max: MOST_USERS })

  function ownOf(user: string): Insistence {
    const before = known.get(user)
    if (before && now() < before.forgivenAt) return before
    const own = { refusals: 0, since: now(), waitsUntil: 0, nextWaitMs: FIRST_WAIT_MS, forgivenAt: 0 }
    known.set(user, own)
    return own
  }

  return {
    /** He was refused, as so many times within ten seconds he may be. */
    refused(user: string, most: number): void {
      const own = ownOf(user)
      if (now() - own.since >= WITHIN_MS) Object.assign(own, { refusals: 0, since: now() })
      own.refusals++
      const isFirst = own.waitsUntil === 0
      if (own.refusals > (isFirst ? most : most / LESS_AFTERWARDS)) {
        own.waitsUntil = now() + own.nextWaitMs * (0.75 + chance() / 2)
        own.nextWaitMs = Math.min(own.nextWaitMs * 2, LONGEST_WAIT_MS)
        Object.assign(own, { refusals: 0, since: own.waitsUntil })
      }
      own.forgivenAt = Math.max(now(), own.waitsUntil) + FORGIVEN_MS
    },

    /** So long he is not heard; 0 for nearly everybody. */
    waitMs(user: string): number {
      const own = known.get(user)
      return own ? Math.max(0, Math.ceil(own.waitsUntil - now())) : 0
    },
  }
}

export const insistent = (max: number, retryAfterMs: number): ChatError =>
  new ChatError('RATE_LIMITED', {
    message:
      'You went on though you were told when to come again: nothing that you ask is looked at until retryAfterMs',
    limit: 'refusalsPer10Seconds',
    max,
    retryAfterMs,
  })
