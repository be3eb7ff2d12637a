/** Somebody who listens to one conversation: how far he is, what of it is for him, and why it ends. */
import type { Access } from '../conversations/access.ts'
import type { Listening } from '../conversations/listening.ts'
import { ChatError } from '../errors.ts'
import type { Place } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller, Uuid } from '../model.ts'
import { asSeen } from './as-seen.ts'
import type { Averse, AversionsNow } from './aversions-now.ts'
import { ConversationLive } from './conversation-live.ts'
import type { ConversationCursor } from './cursor.ts'
import type { Delivered, Live } from './delivered.ts'
import type { Hub } from './hub.ts'
import type { Hubs } from './hubs.ts'
import type { Log, Read, StreamName } from './log.ts'

export interface Dependencies {
  hubs: Hubs
  log: Log
  access: Access
  history: History
  aversionsNow: Pick<AversionsNow, 'of'>
}

/** After which event he begins; null: after the newest one. Of a seq alone it is asked where it stands. */
export type After = ConversationCursor | { seq: number; position: null } | null

/** What he may hear of it. */
export type Time = Pick<Listening, 'upTo' | 'from' | 'left' | 'joined'>

export class ConversationListener {
  readonly parts: Dependencies
  readonly live: ConversationLive
  hub: Hub | null = null
  /** The database's life in which it was asked whether he may listen: another one may have forgotten that he joined. */
  life: bigint | null = null
  ended: 'RESYNC' | 'REVOKED' | 'CANCELLED' | null = null
  readonly #conversationId: Uuid
  #averse: Averse | null = null

  constructor(parts: Dependencies, viewer: UserCaller, conversationId: Uuid) {
    this.parts = parts
    this.#conversationId = conversationId
    this.live = new ConversationLive(viewer, conversationId, this)
  }

  /** From when it resolves on he hears; to null, or up to his own leaving. Throws NOT_FOUND, and INVALID_INPUT for a seq that is not there for him. */
  async begin(after: After): Promise<number | null> {
    const { live } = this
    const watching = this.parts.aversionsNow.of(live.viewer, () => this.#look())
    watching.catch(() => undefined) // it is awaited below
    try {
      this.hub = await this.parts.hubs.listen(this.name, live) // listens first
      live.follow(this.hub)
      if (after?.position != null) live.last = { seq: after.seq, position: after.position }
      const listening = await this.#beginHub(this.hub, after)
      this.#standsAt(listening, after)
      const { upTo } = listening
      if (!after && upTo !== null) live.last = await this.#placeOf(upTo) // he learns nothing of how much was said since
      this.#averse = await watching
      this.#look()
      return upTo
    } catch (error) {
      this.leave()
      void watching.then(({ stop }) => stop()).catch(() => undefined)
      throw error
    }
  }

  /** One that has not begun yet begins with what he reads. */
  async #beginHub(hub: Hub, after: After): Promise<Listening> {
    const { hubs } = this.parts
    for (;;) {
      const looks = hubs.looks()
      const listening = await this.read(() => this.#toListen(after?.seq))
      if (!this.ended && !hubs.mayBegin(hub, looks)) continue
      if (!this.ended) hub.begin(listening.head)
      return listening
    }
  }

  /** At once: what he counts as given is looked at when the database turns out to live another life. */
  #standsAt({ epoch, head, hidesSome, positionAt, ...time }: Listening, after: After): void {
    const { live } = this
    this.life = epoch
    live.hidesSome = hidesSome
    this.has(time)
    if (!after) live.last = head
    else if (after.position === null) live.last = placeAfter(after.seq, positionAt, time)
    else if (after.seq > 0 && positionAt !== after.position) this.ended ??= 'RESYNC'
  }

  async #placeOf(seq: number): Promise<Place> {
    return (await this.parts.log.placeAt(this.name, seq)) ?? { seq: 0, position: 0n }
  }

  has({ from, left, joined }: Time): void {
    Object.assign(this.live, { floor: from - 1, left, joined })
  }

  /** The conversation may show another part of its past now. Fails closed: who has left meanwhile is told by what follows. */
  async lookAgain(): Promise<void> {
    const { from } = await this.#toListen()
    this.live.floor = from - 1
  }

  /** Asked anew: he may have come back, or the database may have forgotten that he ever came. Answers whether his time is over at that seq. */
  async isOverAt(seq: number, otherwise: (error: unknown) => Time): Promise<boolean> {
    const time: Time = await this.#toListen(this.live.last.seq).catch(otherwise)
    this.has(time)
    return time.upTo !== null && seq >= time.upTo
  }

  #toListen(afterSeq: number | null = null): Promise<Listening> {
    return this.parts.access.toListen(this.live.viewer, this.#conversationId, afterSeq)
  }

  /** Reads until the answer is of the life that this node knows; of another one, what was given must still be stored. */
  async read<T>(fetch: () => Promise<Read<T>>): Promise<Read<T>> {
    const { hubs, log } = this.parts
    for (;;) {
      const answer = await fetch()
      if (this.ended || (await hubs.isCurrent(answer.epoch))) return answer
      if (!(await log.isStored({ ...this.name, ...this.live.last }))) this.ended = 'RESYNC'
    }
  }

  get name(): StreamName {
    return { tenantId: this.live.viewer.tenantId, streamId: this.#conversationId }
  }

  visible({ forConversation, quotes }: Live): Promise<Delivered> {
    return asSeen(this.parts.history, forConversation, { reader: this.live.asReader, quotes })
  }

  cursor({ seq, position }: Place = this.live.last): ConversationCursor {
    const { tenantId, streamId: conversationId } = this.name
    return { kind: 'CONVERSATION', tenantId, conversationId, seq, position }
  }

  /** The last that he hears, whatever the database turns out to have forgotten while he takes it. */
  revoked(): Delivered {
    this.ended = 'REVOKED'
    return { kind: 'ACCESS_REVOKED', conversationId: this.#conversationId, cursor: this.cursor(), at: new Date() }
  }

  end(how: 'RESYNC' | 'CANCELLED'): void {
    this.ended ??= how
    this.live.end()
  }

  leave(): void {
    this.live.end()
    this.parts.hubs.leave(this.name, this.live)
    this.#averse?.stop()
    this.#averse = null
  }

  #look(): void {
    if (this.#averse) this.live.averse = this.#averse.now
  }
}

/** Who has left learns nothing of what came later. */
function placeAfter(seq: number, position: bigint | null, { upTo }: Time): Place {
  if (seq === 0) return { seq, position: 0n }
  if (position === null || (upTo !== null && seq > upTo))
    throw new ChatError('INVALID_INPUT', {
      message: `There is no event ${seq} in this conversation: begin without afterSeq, or after one that you have`,
      path: 'afterSeq',
    })
  return { seq, position }
}
