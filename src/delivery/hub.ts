/** The readers of one stream on this node, and how far they have been told. */
import type { ChatEvent, Ephemeral, Place } from '../events.ts'
import type { Uuid } from '../model.ts'
import { Live, Passing } from './delivered.ts'
import type { StreamName } from './log.ts'

export interface Reader {
  readonly tenantId: Uuid
  /** Each event of the hub in order, without a gap from the moment of joining. Must not throw and must not block. */
  hear(live: Live): void
  /** What passes by, heard right after the event at that place. It may be dropped. */
  overhear(passing: Passing): void
  /** What it was given last in each stream: checked when the database is found to live another life. */
  given(): (StreamName & Place)[]
  /** Still giving history: what it has read may be of a life that is over. */
  readonly isReplaying: boolean
  /** Ends the operation with ResyncRequired. */
  resync(): void
}

/** What became of an event that was offered. */
export type Offered = 'GIVEN' | 'KNOWN' | 'AFTER_A_HOLE'

export class Hub implements StreamName {
  readonly tenantId: Uuid
  readonly streamId: Uuid
  readonly readers = new Set<Reader>()
  /** The newest event given. null while the hub does not know its stream's head yet. */
  last: Place | null = null

  readonly #given: (hub: Hub, live: Live) => void

  constructor({ tenantId, streamId }: StreamName, given: (hub: Hub, live: Live) => void = () => undefined) {
    this.tenantId = tenantId
    this.streamId = streamId
    this.#given = given
  }

  offer(event: ChatEvent): Offered {
    if (!this.last || event.seq > this.last.seq + 1) return 'AFTER_A_HOLE'
    if (event.seq <= this.last.seq) return 'KNOWN'
    const live = new Live(event)
    this.last = live.place
    this.#given(this, live)
    for (const reader of [...this.readers]) reader.hear(live)
    return 'GIVEN'
  }

  pass(ephemeral: Ephemeral): void {
    if (!this.last || ephemeral.kind !== 'RECEIPTS_ADVANCED') return
    const passing = new Passing(ephemeral, this.last)
    for (const reader of [...this.readers]) reader.overhear(passing)
  }
}
