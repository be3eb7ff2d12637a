/** Readers who ask the same: for all of them an event's selection is executed once, and its result serialised once. */
import type { ExecutionResult } from 'graphql'
import type { Delivered } from '../delivery/delivered.ts'
import { forClient } from './errors.ts'

/** What one event is for one group. */
export class Share {
  readonly result: Promise<ExecutionResult>
  #settled: ExecutionResult | null = null
  #bytes: Buffer | null = null
  #waiting: Waiting[] = []

  constructor(result: Promise<ExecutionResult>) {
    this.result = result
    void result.then((settled) => {
      this.#settled = settled
      for (const waiting of this.#waiting) waiting.drain()
      this.#waiting = []
    })
  }

  /** The end of a `next` frame, from its payload on. null until it has been executed. */
  get bytes(): Buffer | null {
    if (!this.#bytes && this.#settled) this.#bytes = bytesOf(this.#settled)
    return this.#bytes
  }

  waitsFor(waiting: Waiting): void {
    this.#waiting.push(waiting)
  }
}

function bytesOf(result: ExecutionResult): Buffer {
  const errors = result.errors?.map((error) => forClient(error).toJSON())
  return Buffer.from(`${JSON.stringify(errors ? { ...result, errors } : result)}}`)
}

interface Waiting {
  drain(): void
}

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
