/** One conversation's events for one reader: past, then present, in seq order, none missing, none twice. */
import type { UserCaller, Uuid } from '../model.ts'
import { type After, ConversationListener, type Dependencies } from './conversation-listener.ts'
import { isOwnLeaving } from './conversation-live.ts'
import { beginning, following, isOfConsequence, replay } from './conversation-past.ts'
import { type Delivered, Passing } from './delivered.ts'
import type { Outlet, Source } from './source.ts'

interface Request {
  viewer: UserCaller
  conversationId: Uuid
  after: After
}

/**
 * Resolves when it listens, and is found to be allowed to. Ends by ResyncRequired or AccessRevoked, or when its reader does. Throws NOT_FOUND, and
 * INVALID_INPUT for a seq that is not there for him.
 */
export async function conversationEvents(
  parts: Dependencies,
  { viewer, conversationId, after }: Request,
): Promise<Source> {
  const events = new ConversationEvents(parts, viewer, conversationId)
  events.goesOnWith(beginning(events, await events.begin(after)))
  return events
}

const OVER: IteratorReturnResult<undefined> = { done: true, value: undefined }

/** There are as many of them as subscriptions: while it waits it holds nothing but what it waits for. */
class ConversationEvents extends ConversationListener implements Source {
  /** What comes before the present: dropped when it is through. */
  #past: AsyncGenerator<Delivered, void, undefined> | null = null
  /** Something is in the log that the hub does not bring. */
  #isBehind = true
  #isOver = false

  goesOnWith(past: AsyncGenerator<Delivered, void, undefined>): void {
    this.#past = past
  }

  async next(): Promise<IteratorResult<Delivered>> {
    try {
      while (!this.#isOver) {
        const delivered = this.#isListening() ? this.#present() : await this.#advance()
        if (delivered === 'NOTHING_YET') {
          await this.live.wait()
          this.live.goOn()
        } else if (delivered) return { done: false, value: await delivered }
      }
      return OVER
    } catch (error) {
      this.leave()
      throw error
    }
  }

  async return(): Promise<IteratorResult<Delivered>> {
    this.end('CANCELLED')
    this.leave()
    return OVER
  }

  pushTo(outlet: Outlet): void {
    this.live.pushTo(outlet)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  override leave(): void {
    this.#isOver = true
    super.leave()
  }

  #isListening(): boolean {
    return !this.#past && !this.ended && !this.#isBehind
  }

  /** null: go on. */
  async #advance(): Promise<Delivered | null> {
    if (this.#past) {
      const { done, value } = await this.#past.next()
      if (!done) return value
      this.#past = null
    } else if (this.ended) return this.#last()
    else {
      this.#isBehind = false
      this.live.clear()
      this.#past = replay(this)
    }
    return null
  }

  /** What the hub brings, until the queue has overflowed and is empty: then the rest is in the log. null: nothing for him. */
  #present(): Promise<Delivered> | Delivered | 'NOTHING_YET' | null {
    const { live } = this
    const next = live.shift()
    if (!next && live.hasFallenBehind) this.#isBehind = true
    else if (!next) return 'NOTHING_YET'
    else if (next instanceof Passing) {
      if (next.place.seq === live.last.seq && !live.isUnheard(next)) return next.forConversation // else it waited too long to be worth anything
    } else if (next.event.seq > live.next) this.#isBehind = true
    else if (next.event.seq === live.next) {
      live.last = next.place
      if (isOfConsequence(next.event, live.viewer)) {
        this.#past = following(this, next.event)
        this.#isBehind = isOwnLeaving(next.event, live.viewer)
      }
      return this.visible(next)
    }
    return null
  }

  async #last(): Promise<Delivered | null> {
    const isToResync = this.ended === 'RESYNC'
    this.leave()
    if (!isToResync) return null
    const { head } = await this.parts.log.head(this.name)
    return { kind: 'RESYNC_REQUIRED', cursor: this.cursor(head), at: new Date() }
  }
}
