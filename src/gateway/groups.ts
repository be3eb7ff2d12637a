/** Readers who ask the same: for all of them an event's selection is executed once, and its result serialised once. */
import type { ExecutionArgs, ExecutionResult } from 'graphql'
import type { Delivered } from '../delivery/delivered.ts'
import { forClient } from './errors.ts'

/** What one event is for one group. */
export class Share {
  /** The end of a `next` frame, from its payload on. null until it has been executed. */
  bytes: Buffer | null = null
  #waiting: Waiting[] = []

  waitsFor(waiting: Waiting): void {
    this.#waiting.push(waiting)
  }

  fill(result: ExecutionResult): void {
    const errors = result.errors?.map((error) => forClient(error).toJSON())
    this.bytes = Buffer.from(`${JSON.stringify(errors ? { ...result, errors } : result)}}`)
    for (const waiting of this.#waiting) waiting.drain()
    this.#waiting = []
  }
}

interface Waiting {
  drain(): void
}

export type Execute = (args: ExecutionArgs, delivered: Delivered) => Promise<ExecutionResult>

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
    this.#last = { delivered, share }
    return share
  }

  #begin(delivered: Delivered): Share {
    const share = new Share()
    this.#shares.set(delivered, share)
    void this.#execute(delivered).then((result) => share.fill(result))
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
