/** Relay's paging arguments, checked, and the connection that answers them. */
import { ChatError } from '../errors.ts'
import type { Seal } from './seal.ts'

export interface PageArgs {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

export interface PageInfo {
  hasNextPage: boolean
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}

export interface Connection<T> {
  edges: { node: T; cursor: string }[]
  pageInfo: PageInfo
}

const DEFAULT_SIZE = 50

/** How many, and from which end: `last` counts from the newest end of a list. Throws INVALID_INPUT or LIMIT_EXCEEDED naming the argument. */
export function pageSize(
  { first, last }: PageArgs,
  max: number,
  fallback: 'first' | 'last',
): { limit: number; from: 'first' | 'last' } {
  if (first != null && last != null)
    throw new ChatError('INVALID_INPUT', { message: 'Give first or last, not both', path: 'first' })
  const from = first != null ? 'first' : last != null ? 'last' : fallback
  const limit = first ?? last ?? DEFAULT_SIZE
  if (limit < 0) throw new ChatError('INVALID_INPUT', { message: `${from} must not be negative`, path: from })
  if (limit > max)
    throw new ChatError('LIMIT_EXCEEDED', {
      message: `A page has at most ${max} nodes`,
      path: from,
      limit: 'pageSize',
      max,
    })
  return { limit, from }
}

/** For a list that pages in one direction. Throws as pageSize does. */
export function forwards(args: PageArgs, max: number): number {
  const backwards = args.last != null ? 'last' : args.before != null ? 'before' : null
  if (backwards)
    throw new ChatError('INVALID_INPUT', {
      message: 'This list pages forwards only: give first and after',
      path: backwards,
    })
  return pageSize(args, max, 'first').limit
}

/** A cursor of one list and no other: `scope` names the list, the signature covers it. */
export function pageCursors(seal: Seal, scope: string) {
  const prefix = `${scope}\n`
  return {
    encode: (place: string): string => seal.sign(Buffer.from(prefix + place)),
    /** Throws INVALID_INPUT naming the argument when the cursor is not of this list. */
    decode(cursor: string | null | undefined, path: 'after' | 'before'): string | null {
      if (cursor == null) return null
      const payload = seal.verify(cursor)?.toString()
      if (!payload?.startsWith(prefix))
        throw new ChatError('INVALID_INPUT', { message: `${path} is no cursor of this list`, path })
      return payload.slice(prefix.length)
    },
  }
}

/** Nodes in the list's own order, whichever end was counted from. */
export function connection<T>(
  nodes: readonly T[],
  cursorOf: (node: T) => string,
  more: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>,
): Connection<T> {
  const edges = nodes.map((node) => ({
    node,
    get cursor() {
      return cursorOf(node) // signed only when somebody asks for it
    },
  }))
  return {
    edges,
    pageInfo: {
      ...more,
      get startCursor() {
        return edges[0]?.cursor ?? null
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null
      },
    },
  }
}
