/** Readers who ask the same: for all of them an event's selection is executed once, and its result serialised once. */
import type { ExecutionResult } from 'graphql'
import type { Delivered } from '../delivery/delivered.ts'
import type { OfBroadcast } from '../delivery/source.ts'
import { Broadcast } from './broadcast.ts'
import type { Flusher } from './flusher.ts'
import { Share } from './share.ts'

export class Group {
  readonly #execute: (delivered: Delivered) => Promise<ExecutionResult>
  readonly #shares = new WeakMap<Delivered, Share>()
  /** Most ask for the same one as the reader before. */
  #last: { delivered: Delivered; share: Share } | null = null

  constructor(execute: (delivered: Delivered) => Promise<ExecutionResult>) {
    this.#execute = execute
  }

  shareOf(delivered: Delivered): Share {
    if (this.#last?.delivered === delivered) return this.#last.share
    const share = this.#shares.get(delivered) ?? this.#begin(delivered)
    if (delivered.kind === 'EVENT') this.#last = { delivered, share } // all else is soon nobody's
    return share
  }

  /** Of sockets that are written by that one. */
  broadcast(flusher: Flusher, told: OfBroadcast): Broadcast {
    return new Broadcast(this, { flusher, told })
  }

  #begin(delivered: Delivered): Share {
    const share = new Share(this.#execute(delivered))
    this.#shares.set(delivered, share)
    return share
  }
}

/** The groups of this node that have readers, by key. */
export function createGroups() {
  const groups = new Map<string, { group: Group; readers: number }>()

  return {
    enter(key: string, execute: (delivered: Delivered) => Promise<ExecutionResult>): Group {
      const known = groups.get(key) ?? { group: new Group(execute), readers: 0 }
      known.readers++
      groups.set(key, known)
      return known.group
    },
    leave(key: string): void {
      const known = groups.get(key)
      if (known && --known.readers === 0) groups.delete(key)
    },
  }
}
