/**
 * The operations of one socket, as they come in: one at a time under one id, so many a second, so many at once.
 *
 * The library keys them by the client's id alone: a `complete` and a `subscribe` of the same id, before the first of them has wound up, would
 * make it run both under that id. So whoever begins again under an id waits until the one before is gone.
 */
import { TokenBucket } from '../lib/token-bucket.ts'
import type { Limits } from '../limits.ts'
import { type Closing, closing, FRAME_TOO_LARGE, TRY_LATER } from './closing.ts'

interface Running {
  readonly id: string
  /** The client has completed it. */
  isOver: boolean
  isSubscription: boolean
  /** Resolves when it is over, and what it answers is written. */
  over: Promise<void>
  /** The one that begins under its id when it is gone. */
  waiting: Message | null
}

export interface Refused {
  id: string
  limit: 'operationsPerSecond' | 'operationsPerSocket' | 'earlyRetriesPer10Seconds'
  max: number
  retryAfterMs?: number
}

/** Whose operations they are. */
export interface Asking {
  /** Those of the tenant, once it is known. */
  limits(): Readonly<Limits>
  isAcknowledged(): boolean
  /** So long nothing that he asks is looked at, since he did not wait when he was told to. */
  waitMs(): number
  /** To the library, which keeps it as long as it runs: an operation as it was parsed, so that its text is not kept. Resolves when what it began is over. */
  pass(message: unknown): Promise<void>
  refuse(refused: Refused): Promise<void>
  close(closing: Closing): void
}

/** What a client asks when it comes back, at once. */
const BURST_SECONDS = 5

/** A class, as all is that there is one of for each socket: functions of its own would take more memory than what they work on. */
export class Operations {
  readonly #asking: Asking
  readonly #now: () => number
  /** Few: a list of just so many is the smallest that holds them. */
  #running: readonly Running[] = []
  #subscriptions = 0
  #buckets: { rate: number; asked: TokenBucket; refused: TokenBucket | null } | null = null

  constructor(asking: Asking, now: () => number = Date.now) {
    this.#asking = asking
    this.#now = now
  }

  async handle(text: string): Promise<void> {
    const asking = this.#asking
    if (!asking.isAcknowledged()) {
      const max = asking.limits().connectionInitBytes
      return Buffer.byteLength(text) > max
        ? asking.close(closing(FRAME_TOO_LARGE, { code: 'LIMIT_EXCEEDED', limit: 'connectionInitBytes', max }))
        : asking.pass(text)
    }
    const message = messageIn(text)
    if (message?.type === 'subscribe') return this.#begin(message.id, withQuery(message))
    return message?.type === 'complete' ? this.#complete(message.id, message) : asking.pass(text)
  }

  /** Resolves when what is under way at this moment, but for subscriptions, has its answer. */
  async answered(): Promise<void> {
    const questions = this.#running.filter(({ isSubscription }) => !isSubscription)
    await Promise.allSettled(questions.map(({ over }) => over))
  }

  /** What runs under the id is a subscription; false: that would be one too many. */
  countSubscription(id: string): boolean {
    const own = this.#of(id)
    if (!own || own.isSubscription) return true
    if (this.#subscriptions >= this.#asking.limits().subscriptionsPerSocket) return false
    this.#subscriptions++
    own.isSubscription = true
    return true
  }

  /** Resolves when it is over. Waits for nothing itself: it would be kept as long as a subscription runs. */
  #begin(id: string, message: Message): Promise<void> {
    const before = this.#of(id)
    if (before && (!before.isOver || before.waiting !== null)) return this.#asking.pass(message) // 4409
    const refused = this.#refusalOf(id)
    if (refused) return this.#refuse(refused)
    if (!before) return this.#run(id, message)
    before.waiting = message
    return Promise.resolve()
  }

  #of(id: string): Running | undefined {
    return this.#running.find((each) => each.id === id)
  }

  #refusalOf(id: string): Refused | null {
    const { operationsPerSecond, operationsPerSocket, earlyRetriesPer10Seconds } = this.#asking.limits()
    const retryAfterMs = this.#bucketsOf(operationsPerSecond).asked.take()
    const waitMs = this.#asking.waitMs()
    if (waitMs) return { id, limit: 'earlyRetriesPer10Seconds', max: earlyRetriesPer10Seconds, retryAfterMs: waitMs }
    if (retryAfterMs) return { id, limit: 'operationsPerSecond', max: operationsPerSecond, retryAfterMs }
    const isFull = this.#running.length >= operationsPerSocket
    return isFull ? { id, limit: 'operationsPerSocket', max: operationsPerSocket } : null
  }

  /** Refusing costs, too: who goes on asking all the same has to connect again, and that has a limit of its own. */
  async #refuse(refused: Refused): Promise<void> {
    const buckets = this.#bucketsOf(this.#asking.limits().operationsPerSecond)
    buckets.refused ??= this.#bucket(buckets.rate)
    if (!buckets.refused.take()) return this.#asking.refuse(refused)
    this.#asking.close(closing(TRY_LATER, { code: 'RATE_LIMITED', limit: 'operationsPerSecond', retryAfterMs: 5_000 }))
  }

  /** Made at the first operation, by the tenant's limits; the one of refusals at the first of those. */
  #bucketsOf(rate: number) {
    if (this.#buckets?.rate !== rate) this.#buckets = { rate, asked: this.#bucket(rate), refused: null }
    return this.#buckets
  }

  #bucket(perSecond: number): TokenBucket {
    return new TokenBucket({ perSecond, burst: perSecond * BURST_SECONDS, now: this.#now })
  }

  /** Keeps no message as long as it runs. Resolves when it is over, and whoever waited for its id. */
  #run(id: string, message: Message): Promise<void> {
    const own: Running = { id, isOver: false, isSubscription: false, over: Promise.resolve(), waiting: null }
    this.#running = [...this.#running, own]
    own.over = this.#asking.pass(message)
    return own.over.then(
      () => {
        this.#forget(own)
        if (own.waiting) return this.#run(id, own.waiting)
      },
      (error) => {
        this.#forget(own)
        throw error
      },
    )
  }

  #forget(own: Running): void {
    this.#running = this.#running.filter((each) => each !== own)
    if (own.isSubscription) this.#subscriptions--
  }

  #complete(id: string, message: Message): Promise<void> {
    const own = this.#of(id)
    if (own?.waiting != null) {
      own.waiting = null
      return Promise.resolve()
    }
    if (own) own.isOver = true
    return this.#asking.pass(message)
  }
}

interface Message {
  type: unknown
  id: string
  payload?: unknown
}

/** null for what has no id, or is no message of the protocol: the library answers or refuses it. */
function messageIn(text: string): Message | null {
  try {
    const message = JSON.parse(text) as Message | null
    return typeof message?.id === 'string' && message.id !== '' ? message : null
  } catch {
    return null
  }
}

/** The library wants a text of every operation; one that is known by its hash comes without. */
function withQuery(message: Message): Message {
  const { payload } = message
  if (typeof payload !== 'object' || payload === null || 'query' in payload) return message
  const named = 'documentId' in payload || 'extensions' in payload
  return named ? { ...message, payload: { ...payload, query: '' } } : message
}
