/**
 * Who asks again before the time that he was told. To refuse him costs nearly as much as to answer, so after so many times nothing is even looked at
 * for him for a while, longer each time. Counted on this node alone: it is this node's work that is saved.
 */
import { LRUCache } from 'lru-cache'
import { ChatError } from '../errors.ts'

/** Those who were not refused for the longest time are forgotten first. */
const MOST_USERS = 10_000
/** What was under way when he was told did not know. */
export const UNDER_WAY_MS = 500
export const WITHIN_MS = 10_000
export const FIRST_WAIT_MS = 5_000
export const LONGEST_WAIT_MS = 60_000
/** Of whom nothing was refused for so long it is as if nothing ever had been. */
export const FORGIVEN_MS = 60_000
/** Who has waited already has so much less patience to expect. */
const LESS_AFTERWARDS = 4

interface Told {
  at: number
  comeAgainAt: number
}

interface Insistence {
  /** By limit. */
  told: Map<string, Told>
  tooEarly: number
  /** Of the first of them. */
  since: number
  waitsUntil: number
  nextWaitMs: number
  forgivenAt: number
}

interface Refusal {
  limit: string
  retryAfterMs: number
  askedAt: number
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
    const own: Insistence = {
      told: new Map(),
      tooEarly: 0,
      since: now(),
      waitsUntil: 0,
      nextWaitMs: FIRST_WAIT_MS,
      forgivenAt: 0,
    }
    known.set(user, own)
    return own
  }

  /** Whether he knew that it was too early. */
  function wasTold({ told }: Insistence, { limit, retryAfterMs, askedAt }: Refusal): boolean {
    const before = told.get(limit)
    if (before && askedAt < before.comeAgainAt) return askedAt - before.at > UNDER_WAY_MS
    told.set(limit, { at: now(), comeAgainAt: now() + retryAfterMs })
    return false
  }

  return {
    /** So many times within ten seconds he may be too early. */
    refused(user: string, refusal: Refusal, most: number): void {
      const own = ownOf(user)
      own.forgivenAt = Math.max(now(), own.waitsUntil) + FORGIVEN_MS
      if (!wasTold(own, refusal)) return
      if (now() - own.since >= WITHIN_MS) Object.assign(own, { tooEarly: 0, since: now() })
      own.tooEarly++
      const isFirst = own.waitsUntil === 0
      if (own.tooEarly <= (isFirst ? most : most / LESS_AFTERWARDS)) return
      own.waitsUntil = now() + own.nextWaitMs * (0.75 + chance() / 2)
      own.nextWaitMs = Math.min(own.nextWaitMs * 2, LONGEST_WAIT_MS)
      own.forgivenAt = own.waitsUntil + FORGIVEN_MS
      Object.assign(own, { tooEarly: 0, since: own.waitsUntil })
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
      'You asked again and again before the time that you were told: nothing that you ask is looked at until retryAfterMs',
    limit: 'earlyRetriesPer10Seconds',
    max,
    retryAfterMs,
  })
