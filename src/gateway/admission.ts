/** Whom this node lets in: so many sockets in all, so many of one user, so many of one address that have not said whose they are, so many connects a second. */
import { TokenBucket } from '../lib/token-bucket.ts'
import { UserMap } from '../lib/user-map.ts'
import type { UserName } from '../model.ts'
import { type Closing, closing, NODE_FULL, TOO_MANY_SOCKETS, TRY_LATER } from './closing.ts'

/** A browser cannot read the answer to an upgrade that is refused, so past the limit sockets are accepted and closed with a reason; up to so many. */
const REFUSED_WITH_A_REASON = 1.05
const FULL_RETRY_MS = 5_000
const TOO_MANY_RETRY_MS = 30_000
/** A node that begins takes so many seconds' worth of connects at once. */
const BURST_SECONDS = 2

export type Admission = ReturnType<typeof createAdmission>
export type Place = ReturnType<Admission['enter']>

interface Options {
  maxSockets: number
  connectsPerSecond: number
  unnamedSocketsPerAddress: number
  now?: () => number
  /** Between 0 and 1: so that those sent away do not come back together. */
  chance?: () => number
}

export function createAdmission({
  maxSockets,
  connectsPerSecond,
  unnamedSocketsPerAddress,
  now = Date.now,
  chance = Math.random,
}: Options) {
  const connects = new TokenBucket({ perSecond: connectsPerSecond, burst: connectsPerSecond * BURST_SECONDS, now })
  const ofUsers = counting(new UserMap<number>())
  const unnamed = counting(new Map<string, number>())
  let open = 0
  const spread = (ms: number) => Math.round(ms * (0.5 + chance()))

  function refusalFor(address: string): Closing | null {
    if (open > maxSockets)
      return closing(NODE_FULL, { code: 'SERVICE_UNAVAILABLE', retryAfterMs: spread(FULL_RETRY_MS) })
    if (unnamed.of(address) > unnamedSocketsPerAddress)
      return closing(TRY_LATER, { code: 'RATE_LIMITED', retryAfterMs: spread(FULL_RETRY_MS) })
    return null
  }

  /** One socket's. It counts from now until it leaves, even when it is refused: it has its file descriptor until then. */
  class Place {
    /** null: it may stay. */
    readonly refusal: Closing | null
    readonly address: string
    #user: UserName | null = null
    #hasLeft = false

    constructor(address: string) {
      this.address = address
      open++
      unnamed.add(address)
      this.refusal = refusalFor(address)
    }

    /** At connection_init: a storm of them is spread over time. */
    connect(): Closing | null {
      const retryAfterMs = connects.take()
      return retryAfterMs ? closing(TRY_LATER, { code: 'RATE_LIMITED', retryAfterMs }) : null
    }

    /** It is this user's, who may have `max` of them. */
    name(user: UserName, max: number): Closing | null {
      if (this.#hasLeft || this.#user !== null) return null
      if (ofUsers.of(user) >= max) {
        const retryAfterMs = spread(TOO_MANY_RETRY_MS)
        return closing(TOO_MANY_SOCKETS, { code: 'LIMIT_EXCEEDED', limit: 'socketsPerUser', max, retryAfterMs })
      }
      this.#user = user
      ofUsers.add(user)
      unnamed.remove(this.address)
      return null
    }

    leave(): void {
      if (this.#hasLeft) return
      this.#hasLeft = true
      open--
      if (this.#user === null) unnamed.remove(this.address)
      else ofUsers.remove(this.#user)
    }
  }

  return {
    isFull: (): boolean => open >= maxSockets,
    /** The upgrade is answered with 503. */
    isOverfull: (): boolean => open >= Math.ceil(maxSockets * REFUSED_WITH_A_REASON),
    enter: (address: string) => new Place(address),
  }
}

/** How many there are of each. */
function counting<Key>(counts: Pick<Map<Key, number>, 'get' | 'delete'> & { set(key: Key, count: number): void }) {
  return {
    of: (name: Key): number => counts.get(name) ?? 0,
    add: (name: Key): void => counts.set(name, (counts.get(name) ?? 0) + 1),
    remove(name: Key): void {
      const left = (counts.get(name) ?? 0) - 1
      if (left > 0) counts.set(name, left)
      else counts.delete(name)
    },
  }
}
