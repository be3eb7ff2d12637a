/** The stored conversation, paged from either end with pages that do not come out even. */
import { ask, type Endpoint } from '../lib/api.ts'
import { HISTORY } from './documents.ts'
import type { SeenMessage } from './frames.ts'

export interface History {
  forwards: SeenMessage[]
  backwards: SeenMessage[]
}

interface Page {
  edges: { node: SeenMessage }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

export async function readHistory(endpoint: Endpoint, id: string, total: number): Promise<History> {
  const page = async (range: object): Promise<Page> => {
    const data = await ask<{ conversation: { messages: Page } | null }>(endpoint, HISTORY, { id, ...range })
    if (!data.conversation) throw new Error('the conversation is not there')
    if (data.conversation.messages.edges.length === 0)
      throw new Error(`a page of history is empty: ${JSON.stringify(range)}`)
    return data.conversation.messages
  }

  const forwards: SeenMessage[] = []
  for (let after: string | null = null, more = true; more; ) {
    const { edges, pageInfo } = await page({ first: uneven(total, [37, 41, 43]), after })
    forwards.push(...edges.map(({ node }) => node))
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage && forwards.length <= total
  }

  const backwards: SeenMessage[] = []
  for (let before: string | null = null, more = true; more; ) {
    const { edges, pageInfo } = await page({ last: uneven(total, [53, 59, 61]), before })
    backwards.unshift(...edges.map(({ node }) => node))
    before = pageInfo.startCursor
    more = pageInfo.hasPreviousPage && backwards.length <= total
  }
  return { forwards, backwards }
}

/** A size that leaves a rest: three primes divide no total below 90,000 at once. */
const uneven = (total: number, sizes: number[]): number => sizes.find((size) => total % size !== 0) ?? 97
