/** What a subscription gives, one after the other: where it begins, its events, and why it ends. */

import { type ChatEvent, type Place, placeOf, type ReceiptsAdvanced } from '../events.ts'
import type { Seen, Uuid } from '../model.ts'
import type { Cursor } from './cursor.ts'
import type { Quotes } from './quotes.ts'

export type Delivered =
  /** `readWith` is the same object for events that came together: what is loaded for one serves all. `seen`: by a reader who does not see all. */
  | { kind: 'EVENT'; event: ChatEvent; cursor: Cursor; readWith: object; seen?: Seen }
  /** Not of the log: with the cursor of what was given before it. */
  | { kind: 'EPHEMERAL'; ephemeral: ReceiptsAdvanced; cursor: Cursor; at: Date; readWith: object }
  /** First of all: the place from which it goes on. */
  | { kind: 'SUBSCRIBED'; cursor: Cursor; at: Date }
  /** Last: what was given before is no longer what is stored, or cannot be continued. The cursor is a fresh one. */
  | { kind: 'RESYNC_REQUIRED'; cursor: Cursor; at: Date }
  /** The viewer is no longer a member; in a feed the other conversations go on. */
  | { kind: 'ACCESS_REVOKED'; conversationId: Uuid; cursor: Cursor; at: Date }

export type DeliveredEvent = Extract<Delivered, { kind: 'EVENT' }>

/** What a feed's cursor holds: below that position, in that life of the database, its reader was given everything. Of two that say the same one may be kept. */
export interface Mark {
  readonly epoch: bigint
  readonly horizon: bigint
}

/** Other subscriptions give values of their own, each for one reader. */
export const isDelivered = (given: object): given is Delivered => 'cursor' in given

/**
 * An event on its way to the live readers of a hub. All readers that are at the same place get the same object,
 * so that what is computed from it (the execution of a selection) can be shared.
 */
export class Live {
  readonly event: ChatEvent
  readonly place: Place
  /** The same for everybody who may hear it, and nothing follows from it for anybody: nearly every event. */
  readonly isForAll: boolean
  readonly #readWith: object
  #conversation: DeliveredEvent | null = null
  /** By mark. Nearly always one: the readers of a node that has just made a tail pass, or came just now, have another. */
  readonly #feed = new Map<Mark, Delivered>()

  /** What its hub knows; null for what was read from the log. */
  readonly quotes: Quotes | null

  constructor(event: ChatEvent, quotes: Quotes | null = null) {
    this.event = event
    this.isForAll = isForAll(event)
    this.#readWith = together(event.tenantId)
    this.quotes = quotes
    this.place = placeOf(event)
  }

  get forConversation(): DeliveredEvent {
    const { tenantId, streamId, seq, position } = this.event
    this.#conversation ??= {
      kind: 'EVENT',
      event: this.event,
      cursor: { kind: 'CONVERSATION', tenantId, conversationId: streamId, seq, position },
      readWith: this.#readWith,
    }
    return this.#conversation
  }

  forFeed(mark: Mark): Delivered {
    const known = this.#feed.get(mark)
    if (known) return known
    const cursor: Cursor = { kind: 'FEED', tenantId: this.event.tenantId, epoch: mark.epoch, watermark: mark.horizon }
    const delivered: Delivered = { kind: 'EVENT', event: this.event, cursor, readWith: this.#readWith }
    this.#feed.set(mark, delivered)
    return delivered
  }
}

function isForAll(event: ChatEvent): boolean {
  if (event.kind !== 'MESSAGE_SENT') return false
  const { replyToId, threadId, hasThread, hiddenCount } = event.message
  return replyToId === null && threadId === null && !hasThread && hiddenCount === 0
}

let turn: Map<Uuid, object> | null = null

/**
 * The same for all that comes of one tenant in one turn of the event loop: what is loaded for one serves all, and all are done at the same time. Never of two
 * tenants: whoever loads with it loads for one.
 */
function together(tenantId: Uuid): object {
  if (!turn) {
    turn = new Map()
    setImmediate(() => {
      turn = null
    })
  }
  const known = turn.get(tenantId) ?? {}
  turn.set(tenantId, known)
  return known
}

/** The same for what is not of the log: all readers that have what its hub has given before get the same object. */
export class Passing {
  readonly ephemeral: ReceiptsAdvanced
  readonly place: Place
  readonly #given = new Map<Mark | null, Delivered>()

  constructor(ephemeral: ReceiptsAdvanced, place: Place) {
    this.ephemeral = ephemeral
    this.place = place
  }

  get forConversation(): Delivered {
    const { tenantId, streamId: conversationId } = this.ephemeral
    return this.#with(null, { kind: 'CONVERSATION', tenantId, conversationId, ...this.place })
  }

  forFeed(mark: Mark): Delivered {
    const { tenantId } = this.ephemeral
    return this.#with(mark, { kind: 'FEED', tenantId, epoch: mark.epoch, watermark: mark.horizon })
  }

  #with(mark: Mark | null, cursor: Cursor): Delivered {
    const known = this.#given.get(mark)
    if (known) return known
    const { ephemeral } = this
    const delivered: Delivered = { kind: 'EPHEMERAL', ephemeral, cursor, at: ephemeral.at, readWith: this }
    this.#given.set(mark, delivered)
    return delivered
  }
}
